/**
 * `npm run tour`: the pictures of the README, from the running app with a library of its own, written to docs/tour. Needs
 * Electron and a display (`xvfb-run -a npm run tour`).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { libraryFolder, startApp } from '../test/e2e/app.ts';
import { ensureBuild, root } from './ensure-build.mjs';

const SIZE = [1100, 700] as const;
const NOTES = `# Clean directions

Where $\\lambda_\\rho = 0$ in every class nothing damps the mean, and the weight collects:

$$
\\frac{d\\bar x_\\rho}{dt} = -\\gamma \\sum_i p_i \\left[ \\mu_{i\\rho}\\, g_i + \\lambda_{i\\rho} H_i \\bar x_\\rho \\right]
$$

- share of ‖X‖² in the clean block, t = 50: **0.79**
- share of the directions: 1/4
`;

ensureBuild();
const target = join(root, 'docs', 'tour');
mkdirSync(target, { recursive: true });
const { folder, remove } = libraryFolder();
const { app, page } = await startApp(folder);
try {
  await app.evaluate(
    ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0].setContentSize(width, height),
    SIZE,
  );
  const picture = async (name: string) => {
    await page.mouse.move(SIZE[0] - 5, SIZE[1] - 5);
    // figures are drawn when the page has time
    await page.waitForTimeout(1200);
    await page.screenshot({ path: join(target, `${name}.png`) });
  };
  const finished = () => page.getByTestId('cancel').waitFor({ state: 'hidden', timeout: 600_000 });

  await page.getByTestId('preset-run-phase-transition').click();
  await page.getByTestId('cancel').waitFor();
  await finished();
  await picture('sweep');
  await page.keyboard.press('Control+l');
  await page.getByTestId('presets-fold').click();
  await page.getByTestId('preset-run-clean-directions').click();
  await page.getByTestId('cancel').waitFor();
  await finished();
  await picture('study');
  await page.keyboard.press('Control+2');
  await picture('model');
  await page.keyboard.press('Control+4');
  await page.getByText('Write', { exact: true }).click();
  await page.getByTestId('notes').fill(NOTES);
  await page.getByText('Read', { exact: true }).click();
  await picture('notes');
  await page.keyboard.press('Control+l');
  await picture('library');
} finally {
  await app.close();
  remove();
}
