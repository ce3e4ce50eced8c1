/** `sgdlab presets`: the built-in studies. */
import { presetOf, presets } from '../../study/presets/presets.ts';
import { texts } from '../../text/texts.ts';
import { cliCommand } from '../command.ts';
import { BAD_INPUT, DONE, Exit } from '../exit.ts';
import { print } from '../streams.ts';

export const command = cliCommand({
  arguments: [{ name: 'name', required: false, completes: 'presets' }],
  about: 'list the built-in studies, or print one as JSON',
  options: {},
  run([name]) {
    if (name === undefined) {
      const width = Math.max(...presets.map((preset) => preset.name.length));
      const { say } = texts('en');
      for (const { name: each } of presets) print(`${each.padEnd(width)}  ${say(`preset.${each}.description`)}\n`);
      return DONE;
    }
    const preset = presetOf(name);
    if (!preset) {
      throw new Exit(
        BAD_INPUT,
        `presets: expected one of ${presets.map((each) => each.name).join(', ')}, got ${JSON.stringify(name)}`,
      );
    }
    print(`${JSON.stringify(preset.study(), null, 2)}\n`);
    return DONE;
  },
});
