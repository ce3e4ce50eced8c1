/**
 * How experiments are looked at: what is overlaid and shown, axes, zoom, figures with their order and size. Nothing that
 * is computed depends on it, so it is no part of a study's file: the library keeps it beside each study, and a preset
 * opens with its own. A key that cannot be read is as if it were absent.
 */
import { z } from 'zod';

const many = 2000;
const name = z.string().max(200);
const names = z.array(name).max(many);
const range = z.object({ from: z.number(), to: z.number() });

/** Lines and words that a reader draws into a figure, in the figure's own units. */
const guideSchema = z.discriminatedUnion('kind', [
  /** value = y (t / x)^exponent: straight on logarithmic axes. */
  z.object({ kind: z.literal('slope'), exponent: z.number(), x: z.number(), y: z.number() }),
  z.object({ kind: z.literal('horizontal'), value: z.number(), label: name }),
  z.object({ kind: z.literal('vertical'), value: z.number(), label: name }),
  z.object({ kind: z.literal('text'), x: z.number(), y: z.number(), label: name }),
]);
export type FigureGuide = z.infer<typeof guideSchema>;

export const lookTabs = ['results', 'model', 'table', 'notes', 'sweep'] as const;
/** What small multiples have a panel for: nothing, each experiment, each model, each optimiser. */
export const panelings = ['none', 'each', 'model', 'optimizer'] as const;

/** By kind of figure. */
const perFigure = <Value extends z.ZodType>(value: Value) => z.record(name, value);

const sweepLook = z.object({
  statistic: name,
  time: z.number().nullable(),
  source: z.enum(['auto', 'theory', 'simulation']),
  across: z.literal([0, 1]),
  scale: z.enum(['auto', 'linear', 'log']),
});

const keys = {
  tab: z.enum(lookTabs),
  selected: name.nullable(),
  overlaid: names,
  timeLog: z.boolean(),
  valueLog: z.boolean(),
  band: z.enum(['quantiles', 'deviation', 'error', 'range', 'none']),
  theoryBand: z.enum(['auto', 'deviation', 'quantiles', 'none']),
  singleRuns: z.boolean(),
  threshold: z.number().nullable(),
  zoom: range.nullable(),
  /** Ends of value axes. */
  ranges: perFigure(range),
  /** Kinds of the figures that are shown, in the reader's order; null for those that a study begins with. */
  figures: names.nullable(),
  /** Figures that take a whole row. */
  wide: names,
  panels: z.enum(panelings),
  guides: perFigure(z.array(guideSchema).max(50)),
  sweep: sweepLook,
  /** Experiments of any studies, in a comparison. */
  compared: z.array(z.object({ study: name, experiment: name })).max(many),
};

type Lenient<Shape extends z.ZodRawShape> = { [Key in keyof Shape]: z.ZodCatch<z.ZodOptional<Shape[Key]>> };

const lenient = <Shape extends z.ZodRawShape>(shape: Shape) =>
  Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [key, (value as z.ZodType).optional().catch(undefined)]),
  ) as unknown as Lenient<Shape>;

export const lookSchema = z.object(lenient(keys));
export type Look = z.infer<typeof lookSchema>;
