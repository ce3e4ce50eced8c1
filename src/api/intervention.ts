/** What was done about the library's file, for the user to know. */
export type Intervention =
  /** It was removed or replaced, and was written out again; `aside` is where the file that was found is now. */
  | { readonly kind: 'restored'; readonly path: string; readonly aside: string | null }
  /** Another program has written to it; what it wrote counts. */
  | { readonly kind: 'reread'; readonly path: string }
  /** Its content was replaced in place and counts; `aside` is the log of what was saved before, which is not of it. */
  | { readonly kind: 'overwritten'; readonly path: string; readonly aside: string };
