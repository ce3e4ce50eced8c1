/** The kinds of labels that exist: a new one is a file beside this one and a line here. */
import { classLabels } from './class.ts';
import { teacherBernoulli } from './teacher-bernoulli.ts';
import { teacherResponse } from './teacher-response.ts';
import { teacherSign } from './teacher-sign.ts';

export const labelsKinds = [classLabels, teacherSign, teacherBernoulli, teacherResponse] as const;
