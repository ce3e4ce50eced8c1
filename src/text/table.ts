/** Sentences by key. `{name}` is a place that is filled in. */
export type Table = Readonly<Record<string, string>>;

/** The same sentences in another language: one that is missing, or has no original, does not compile. */
export type Translation<Original extends Table> = { readonly [Key in keyof Original]: string };
