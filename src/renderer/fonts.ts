/** Whether the system can draw Japanese: the app brings Latin letters along, and leaves the others to the system. */

const SIZE = 32;

/** Two characters that no font draws alike; where both are the box for what is missing, there is no such font. */
const PAIR = ['漢', '学'] as const;

/** True also where it cannot be told. */
export function drawsJapanese(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return true;
  const [one, other] = PAIR.map((character) => {
    context.clearRect(0, 0, SIZE, SIZE);
    context.font = `${SIZE * 0.75}px sans-serif`;
    context.fillText(character, 2, SIZE * 0.8);
    return context.getImageData(0, 0, SIZE, SIZE).data;
  });
  return one.some((value, k) => value !== other[k]);
}
