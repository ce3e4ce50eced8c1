/** The fonts of exported figures: loaded when they are asked for, as outlines, into PDF and into the page for pictures. */
import interUrl from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url';
import interBoldUrl from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url';
import stixUrl from '@expo-google-fonts/stix-two-text/400Regular/STIXTwoText_400Regular.ttf?url';
import stixBoldUrl from '@expo-google-fonts/stix-two-text/600SemiBold/STIXTwoText_600SemiBold.ttf?url';
import sansUrl from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf?url';
import serifUrl from 'dejavu-fonts-ttf/ttf/DejaVuSerif.ttf?url';
import { faceOf, type Faces } from '../../figures/files/outlines.ts';

export type FontChoice = 'sans' | 'serif';

interface FontFile {
  readonly family: string;
  readonly weight: number;
  readonly url: string;
}

/** The second family has the symbols that the first has not. */
const FILES: Readonly<Record<FontChoice, readonly FontFile[]>> = {
  sans: [
    { family: 'Inter', weight: 400, url: interUrl },
    { family: 'Inter', weight: 600, url: interBoldUrl },
    { family: 'DejaVu Sans', weight: 400, url: sansUrl },
  ],
  serif: [
    { family: 'STIX Two Text', weight: 400, url: stixUrl },
    { family: 'STIX Two Text', weight: 600, url: stixBoldUrl },
    { family: 'DejaVu Serif', weight: 400, url: serifUrl },
  ],
};

/** As CSS has it; what systems have for Japanese comes last. */
export const FAMILIES: Readonly<Record<FontChoice, string>> = {
  sans: "Inter, 'DejaVu Sans', 'Hiragino Sans', 'Yu Gothic', 'Noto Sans CJK JP', 'Noto Sans JP', IPAexGothic, sans-serif",
  serif:
    "'STIX Two Text', 'DejaVu Serif', 'Hiragino Mincho ProN', 'Yu Mincho', 'Noto Serif CJK JP', IPAexMincho, serif",
};

interface LoadedFont extends FontFile {
  readonly bytes: ArrayBuffer;
}

const loaded = new Map<FontChoice, Promise<readonly LoadedFont[]>>();

function loadFonts(choice: FontChoice): Promise<readonly LoadedFont[]> {
  let found = loaded.get(choice);
  if (!found) {
    found = Promise.all(
      FILES[choice].map(async (file) => {
        const answer = await fetch(file.url);
        if (!answer.ok) throw new Error(`${file.family}: ${answer.status}`);
        return { ...file, bytes: await answer.arrayBuffer() };
      }),
    );
    loaded.set(choice, found);
    found.catch(() => loaded.delete(choice));
  }
  return found;
}

/** Fonts for outlines, by weight. */
export async function facesOf(choice: FontChoice): Promise<(bold: boolean) => Faces> {
  const fonts = await loadFonts(choice);
  const of = (weight: number) => fonts.filter((font) => font.weight === weight).map(({ bytes }) => faceOf(bytes));
  const [regular, bold] = [of(400), of(600)];
  return (isBold) => (isBold ? [...bold, ...regular] : regular);
}

/** Makes the fonts known to the page, for drawing on a canvas. */
export async function installFonts(choice: FontChoice): Promise<void> {
  for (const { family, weight, bytes } of await loadFonts(choice)) {
    const known = [...document.fonts].some((face) => face.family === family && face.weight === String(weight));
    if (!known) document.fonts.add(await new FontFace(family, bytes, { weight: String(weight) }).load());
  }
}

/** The fonts as rules of a style sheet, with their bytes inside. */
export async function fontRules(choice: FontChoice): Promise<string> {
  const fonts = await loadFonts(choice);
  return fonts
    .map(
      ({ family, weight, bytes }) =>
        `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/ttf;base64,${base64(bytes)})}`,
    )
    .join('\n');
}

const CHUNK = 0x8000;
function base64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
