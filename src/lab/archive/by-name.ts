/** Objects of a file whose keys are names that the file chooses. */
import { z } from 'zod';

/**
 * Values by name; the first one that is not allowed is refused: of millions of wrong values each would have its refusal.
 */
export function byName<Value extends z.ZodType>(value: Value) {
  return z.looseObject({}).transform((given, context) => {
    const values = new Map<string, z.output<Value>>();
    for (const [name, each] of Object.entries(given)) {
      const parsed = value.safeParse(each);
      if (!parsed.success) {
        for (const issue of parsed.error.issues) context.addIssue({ ...issue, path: [name, ...issue.path] });
        return z.NEVER;
      }
      values.set(name, parsed.data);
    }
    return values;
  });
}
