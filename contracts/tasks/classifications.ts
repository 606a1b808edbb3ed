import { z } from 'zod';
import { taskRequest } from '../task.ts';
import { storedText } from '../text.ts';

const labelName = storedText.trim().min(1).max(100);

/** A label without training: what it means in words, and perhaps texts that belong to it. */
export const describedLabel = z.strictObject({
  name: labelName,
  description: storedText.trim().min(1).max(1000).describe('What a text of this label is about'),
  examples: z.array(storedText.trim().min(1).max(1000)).max(20).optional(),
});
export type DescribedLabel = z.infer<typeof describedLabel>;

const nameOf = (label: string | DescribedLabel) => (typeof label === 'string' ? label : label.name);

export const classifierName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'Use lower-case letters, digits and hyphens, a letter first, up to 64.');

export const classifierReference = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,63}(?:@[1-9]\d{0,5})?$/,
    'Give the name of a classifier, or name@version, such as "intents@3".',
  );

/** A sentence with a place for a label. */
export const hypothesisTemplate = z
  .string()
  .max(500)
  .refine((text) => text.split('{}').length === 2, 'Write {} once, where the label belongs.');

export const classificationsOptions = z
  .strictObject({
    classifier: classifierReference
      .optional()
      .describe('A classifier that was trained here: its name for the newest version, or name@version'),
    labels: z
      .array(z.union([labelName, describedLabel]))
      .min(2, 'Give at least two labels.')
      .max(100)
      .optional()
      .describe('Labels without training, told apart by what they mean'),
    hypothesis: hypothesisTemplate
      .optional()
      .describe('Of a model of natural language inference: what a label says of a text'),
    multiple: z
      .boolean()
      .optional()
      .describe('Of such a model: true judges each label for itself, so that several may hold'),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Below this probability of the best label a text is out of scope; a trained classifier brings its own',
      ),
  })
  .superRefine(({ classifier, labels }, context) => {
    if (classifier !== undefined && labels !== undefined)
      context.addIssue({
        code: 'custom',
        message: 'Give either a classifier or labels.',
        path: ['labels'],
      });
    const names = (labels ?? []).map(nameOf);
    const again = names.findIndex((name, at) => names.indexOf(name) < at);
    if (again >= 0)
      context.addIssue({
        code: 'custom',
        message: `There is a label ${names[again]} already.`,
        path: ['labels', again],
      });
  });
export type ClassificationsOptions = z.infer<typeof classificationsOptions>;

/** A model with labels of its own needs no options; everything else says which labels there are. */
export const classificationsRequest = taskRequest(classificationsOptions);

export const classificationsResult = z.object({
  label: z.string().describe('The most likely one, also where the text is out of scope'),
  probabilities: z
    .record(z.string(), z.number())
    .describe('They sum to 1 over the labels, unless `multiple`; calibrated, but of models by card'),
  outOfScope: z.boolean().describe('True when no label is likely enough'),
  classifier: z.string().optional().describe('The version that answered, as name@version'),
});
export type ClassificationsResult = z.infer<typeof classificationsResult>;
