/** A study's name as a file name: letters, digits and a few signs; never a path. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[. -]+|[. -]+$/g, '')
    .slice(0, 80);
  return plain === '' ? 'study' : plain;
}
