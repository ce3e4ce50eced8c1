/**
 * How the editor asks for a value where the shape of its schema does not say: `.meta({ widget: … })` of the schema. A
 * number has a field for a number and a list has a number per class without it.
 */
import { z } from 'zod';

export type Widget =
  /** Rows of numbers, pasted or from a file: a row per class, or any number of them. */
  | { readonly kind: 'rows'; readonly rows: 'classes' | 'any'; readonly numbers: 'not-negative' | 'any' }
  /** A list of numbers, one per block of the spectrum. */
  | { readonly kind: 'per-block' }
  /** A list of numbers, as many as the number beside it of this name. */
  | { readonly kind: 'per-unit'; readonly count: string }
  /** Blocks of directions with eigenvalues 0 or 1. */
  | { readonly kind: 'blocks' }
  /** Times from which on another number holds; that number is in the list beside it of this name. */
  | { readonly kind: 'steps'; readonly values: string }
  /** A formula of a loss, with the constants beside it. */
  | { readonly kind: 'formula' }
  /** A teacher, drawn or given. */
  | { readonly kind: 'teacher' }
  /** Noise of labels: its deviation, or a law with heavy tails. */
  | { readonly kind: 'noise' }
  /** Nothing: another field asks for it. */
  | { readonly kind: 'none' };

declare module 'zod' {
  interface GlobalMeta {
    widget?: Widget;
  }
}

/** The widget of a schema, that of what it wraps included; undefined if it says none. */
export function widgetOf(schema: z.ZodType): Widget | undefined {
  const own = schema.meta()?.widget;
  if (own) return own;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? widgetOf(schema.unwrap() as z.ZodType)
    : undefined;
}

/** A place of a description whose schema says a widget. */
export interface WidgetPlace {
  readonly path: readonly string[];
  readonly widget: Widget;
}

/** Every place in a description that has a widget, each path once; those inside lists are left out. */
export function widgetPlaces(schema: z.ZodType, path: readonly string[] = []): readonly WidgetPlace[] {
  const widget = widgetOf(schema);
  const here = widget ? [{ path, widget }] : [];
  const found = [...here, ...inner(schema).flatMap(([key, each]) => widgetPlaces(each, [...path, ...key]))];
  const name = (place: WidgetPlace) => place.path.join('.');
  return found.filter((place, k) => found.findIndex((each) => name(each) === name(place)) === k);
}

/** What a schema is made of, with the keys under which it is. */
function inner(schema: z.ZodType): readonly (readonly [readonly string[], z.ZodType])[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return [[[], schema.unwrap() as z.ZodType]];
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => [[], option as z.ZodType] as const);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, each]) => [[key], each] as const);
  return [];
}
