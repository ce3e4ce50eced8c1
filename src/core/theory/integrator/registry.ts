/** The explicit methods that exist: a new one is a table in tables/ and a line here. */
import { rungeKutta } from './runge-kutta.ts';
import { type StepperKind } from './stepper.ts';
import { dop853 } from './tables/dop853.ts';
import { dormandPrince } from './tables/dormand-prince.ts';

export const steppers: readonly StepperKind[] = [rungeKutta(dop853), rungeKutta(dormandPrince)];
