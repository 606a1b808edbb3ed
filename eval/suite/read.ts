import { parseDocument } from 'yaml';
import {
  invalidInput,
  ParlanceError,
  type ScorerReference,
  type SuiteDocument,
  suiteDocument,
} from '#contracts';
import { type ScorerName, scorers } from '../scorers/index.ts';
import type { Scorer } from '../scorers/scorer.ts';
import type { ChosenScorer, Suite } from './suite.ts';

/** Reads a suite from YAML. Throws `invalid_input` with a pointer for each thing that is wrong. */
export function readSuite(yaml: string): Suite {
  const document = parseDocument(yaml, { prettyErrors: true });
  const broken = document.errors[0];
  if (broken) throw new ParlanceError('invalid_input', `This is not YAML: ${broken.message}`);
  return openSuite(plainOf(document));
}

/** What a document says. Throws `invalid_input` where aliases multiply without measure, or lead back into themselves. */
function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    JSON.stringify(value);
    return value;
  } catch (cause) {
    throw new ParlanceError(
      'invalid_input',
      'The aliases in this YAML cannot be followed: write out what they stand for.',
      { cause },
    );
  }
}

/** The same from what was read already. */
export function openSuite(value: unknown): Suite {
  const { data: document, error } = suiteDocument.safeParse(value);
  if (error) throw invalidInput(error, 'The suite');
  const chosen = document.scorers.map((reference, index) => choose(reference, `/scorers/${index}`));
  chosen.forEach(({ as }, index) => {
    if (chosen.findIndex((each) => each.as === as) !== index)
      throw ParlanceError.field(
        `/scorers/${index}/as`,
        `There are two scorers named ${as}: name one with "as".`,
      );
  });
  checkGates(document, chosen);
  return { document, scorers: chosen };
}

function choose(
  { name, as, at, expects, optional = false, ...options }: ScorerReference,
  place: string,
): ChosenScorer {
  if (!Object.hasOwn(scorers, name)) {
    const known = Object.keys(scorers).join(', ');
    throw ParlanceError.field(`${place}/name`, `There is no scorer ${name}. There are: ${known}.`);
  }
  const scorer = scorers[name as ScorerName] as Scorer;
  const { data, error } = scorer.options.safeParse(options);
  if (error) throw invalidInput(error, `${place} (${name})`);
  return { as: as ?? name, scorer, options: data, at: at ?? null, expects: expects ?? '', optional };
}

function checkGates({ gates, slices }: SuiteDocument, chosen: ChosenScorer[]): void {
  gates.forEach((gate, index) => {
    const { metric, sliceFloor } = gate;
    if (!chosen.some(({ as }) => as === metric || metric.startsWith(`${as}.`))) {
      const known = chosen.map(({ as }) => as).join(', ');
      throw ParlanceError.field(
        `/gates/${index}/metric`,
        `No scorer is named ${metric}. There are: ${known}.`,
      );
    }
    // Slices and comparisons are of whole metrics: of a part nothing would ever be checked.
    const part = !chosen.some(({ as }) => as === metric);
    const lost = (['margin', 'sliceFloor'] as const).find((bound) => part && gate[bound] !== undefined);
    if (lost)
      throw ParlanceError.field(
        `/gates/${index}/${lost}`,
        `${metric} is a part of a metric: a part can have a floor and a ceiling, and no ${lost}.`,
      );
    if (sliceFloor !== undefined && Object.keys(slices).length === 0)
      throw ParlanceError.field(
        `/gates/${index}/sliceFloor`,
        'The suite has no slices: declare some, or leave this out.',
      );
  });
}
