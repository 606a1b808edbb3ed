import { z } from 'zod';

/** What is read of `GET /v2`: which extensions a server of the Open Inference Protocol has. */
export const kserveServer = z.object({ extensions: z.array(z.string()).nullish() });

const declared = z.object({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.union([z.number(), z.string()])).describe('-1 for a dimension that varies'),
});

/** `GET /v2/models/{model}`. */
export const kserveModel = z.object({
  name: z.string(),
  inputs: z.array(declared).min(1),
  outputs: z.array(declared),
});
export type KserveModel = z.infer<typeof kserveModel>;

/** What is read of `GET /v2/models/{model}/config`, which Triton has. */
export const kserveConfig = z.object({ max_batch_size: z.number().int().nullish() });

/** A tensor as the JSON of a request or an answer has it; the numbers are in `data`, or behind the JSON. */
const written = z.object({
  name: z.string(),
  shape: z.array(z.number().int().min(0)),
  datatype: z.string(),
  parameters: z.looseObject({ binary_data_size: z.number().int().min(0).optional() }).optional(),
  data: z.array(z.unknown()).optional(),
});

export const kserveAnswer = z.object({ outputs: z.array(written) });
