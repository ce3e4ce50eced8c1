export const identity: { readonly name: string; readonly version: string };
