/** Numbers below the line. */
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** `12` as subscript. */
export const subscript = (value: number): string => String(value).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);
