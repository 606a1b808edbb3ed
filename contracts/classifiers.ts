import { z } from 'zod';
import { classifierName } from './tasks/classifications.ts';
import { storedText } from './text.ts';

export const maxTrainingRows = 50_000;

/** `label` is null, or "oos", for a text that belongs to none of the labels. */
export const labelledText = z.strictObject({
  text: storedText.max(10_000).refine((text) => text.trim() !== '', 'The text is empty.'),
  label: storedText.trim().min(1).max(100).nullable(),
});
export type LabelledText = z.infer<typeof labelledText>;

export const trainClassifierRequest = z.strictObject({
  name: classifierName,
  rows: z.array(labelledText).min(1).max(maxTrainingRows),
});
export type TrainClassifierRequest = z.infer<typeof trainClassifierRequest>;

const share = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  rows: z.number().int().describe('Of how many rows'),
});

export const classifierWarning = z.object({
  code: z.enum(['few_rows', 'one_row', 'contradiction', 'duplicates', 'no_threshold']),
  detail: z.string(),
});
export type ClassifierWarning = z.infer<typeof classifierWarning>;

/** One trained version. */
export const classifier = z.object({
  name: z.string(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  model: z.object({ id: z.string(), revision: z.string() }).describe('Whose embeddings it stands on'),
  rows: z.number().int(),
  outOfScopeRows: z.number().int(),
  labels: z.record(z.string(), z.number().int()).describe('Rows of each label'),
  accuracy: share.describe('Cross-validated, with the 95 % interval of Wilson'),
  outOfScope: z.object({
    by: z
      .enum(['rows', 'classes', 'nothing'])
      .describe(
        'What the threshold was chosen on: the rows without a label, labels left out of training, or nothing',
      ),
    threshold: z.number(),
    accuracy: z.number().optional().describe('Share of labelled rows that keep their right label'),
    recall: z.number().optional().describe('Share of rows of no label that are sent away'),
  }),
  warnings: z.array(classifierWarning),
  trainingMs: z.number(),
});
export type Classifier = z.infer<typeof classifier>;

export const classifierList = z.object({ classifiers: z.array(classifier) });
export const classifierVersions = z.object({ name: z.string(), versions: z.array(classifier) });
export type ClassifierVersions = z.infer<typeof classifierVersions>;
