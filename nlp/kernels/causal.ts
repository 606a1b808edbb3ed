import {
  type Beginning,
  type ConversationInput,
  chooser,
  continued,
  type Kernel,
  type KernelOutput,
  type LoadedModel,
  type Progress,
  pack,
  partOf,
  type Sampling,
  Spelling,
  StopTexts,
} from '#inference';
import { type PromptMessage, promptOf, UnusablePrompt } from '../text/prompt.ts';

/** A conversation to be answered. What is left out is as the model's own configuration has it. */
export interface Conversation extends ConversationInput {
  readonly messages: readonly PromptMessage[];
  /** The answer ends before any of these. */
  readonly stop?: readonly string[] | undefined;
  readonly sampling?: Partial<Sampling> | undefined;
}

/** An answer, or why there is none. */
export type Answer =
  | { text: string; finish: 'stop' | 'length' }
  | { refused: 'too_large' | 'invalid_input' | 'model_unavailable'; reason: string };

/** Answers conversations with a causal language model, by its chat template, and tells each answer while it is written. */
export const causal: Kernel<string | Conversation, Answer> = {
  name: 'causal',
  async *run(model, inputs, _passTokens, progress) {
    let from = performance.now();
    // A bare text is what a worker warms up with.
    const asked = inputs.map(
      (input): Conversation =>
        typeof input === 'string' ? { messages: [{ role: 'user', text: input }], maxTokens: 1 } : input,
    );
    const prompts = asked.map((conversation) => read(model, conversation));
    const tokenizeMs = performance.now() - from;
    let remaining = inputs.length;
    const pass = (row: number, output: KernelOutput<Answer>) => {
      const runMs = performance.now() - from;
      from += runMs;
      const first = remaining === inputs.length;
      remaining--;
      const paddedTokens = output.tokens + (output.written ?? 0);
      const spent = { tokenizeMs: first ? tokenizeMs : 0, runMs, paddedTokens };
      return { rows: [row], outputs: [output], ...spent, remaining };
    };

    from = performance.now();
    for (const [row, prompt] of prompts.entries()) {
      if ('refused' in prompt) yield pass(row, { value: prompt, tokens: 0, written: 0, truncated: false });
    }
    for (const rows of together(asked, prompts, model.card.maxTokens)) {
      const beginnings = rows.map((row) => prompts[row] as ReadyPrompt);
      for await (const { row: at, output } of answer(model, beginnings, partOf(progress, rows)))
        yield pass(rows[at] as number, output);
    }
  },
};

interface ReadyPrompt extends Pick<Conversation, 'stop'> {
  ids: number[];
  most: number;
  sampling: Sampling;
}

type Refusal = Extract<Answer, { refused: string }>;

function read(
  model: LoadedModel,
  { messages, maxTokens, stop, sampling }: Conversation,
): ReadyPrompt | Refusal {
  const { card, tokenizer } = model;
  const { template, config } = speakerOf(model);
  try {
    const ids = promptOf(messages, template, tokenizer.controls).flatMap((part) =>
      tokenizer.encodeWhole(part),
    );
    const room = card.maxTokens - ids.length;
    if (room < 1) {
      const reason = `The messages have ${ids.length} tokens; ${card.id} reads and writes ${card.maxTokens} in all. Shorten them.`;
      return { refused: 'too_large', reason };
    }
    const most = Math.min(room, maxTokens ?? room);
    return { ids, most, stop, sampling: samplingOf(config.sampling, sampling) };
  } catch (error) {
    if (!(error instanceof UnusablePrompt)) throw error;
    return error.refused
      ? { refused: 'invalid_input', reason: `${card.id} takes no such messages: ${error.message}` }
      : { refused: 'model_unavailable', reason: `The chat template of ${card.id} fails: ${error.message}` };
  }
}

/** Whoever narrows the choice or names a seed wants one, also of a model that takes the likeliest token by itself. */
function samplingOf(own: Sampling, asked: Partial<Sampling> = {}): Sampling {
  const { topK, topP, seed } = asked;
  const wantsChance = (topK ?? topP ?? seed) !== undefined;
  const temperature = own.temperature === 0 && wantsChance ? 1 : own.temperature;
  return { ...own, temperature, ...asked };
}

/**
 * Which are answered at once: those whose cache is no larger together than one of the model's full length. Those with a seed are answered
 * alone, for on an int8 graph neighbours move the chances a little, and the same seed must give the same text.
 */
function together(
  asked: readonly Conversation[],
  prompts: readonly (ReadyPrompt | Refusal)[],
  budget: number,
): number[][] {
  const ready = [...prompts.keys()].filter((row) => 'ids' in (prompts[row] ?? {}));
  const alone = ready.filter((row) => asked[row]?.sampling?.seed !== undefined);
  const others = ready.filter((row) => !alone.includes(row));
  const lengths = others.map((row) => {
    const { ids, most } = prompts[row] as ReadyPrompt;
    return ids.length + most;
  });
  const groups = pack(lengths, budget).map(({ rows }) => rows.map((at) => others[at] as number));
  return [...groups, ...alone.map((row) => [row])];
}

async function* answer(model: LoadedModel, prompts: readonly ReadyPrompt[], { turn, wrote }: Progress) {
  const { model: causal, config } = speakerOf(model);
  const texts = prompts.map(() => '');
  const { tokenizer } = model;
  const spellings = prompts.map(
    () =>
      new Spelling(
        (tokens) => tokenizer.spell(tokens),
        (tokens) => tokenizer.endWithin(tokens),
      ),
  );
  const stops = prompts.map(({ stop }) => new StopTexts(stop ?? []));
  const tell = (row: number, text: string) => {
    texts[row] += text;
    if (text !== '') wrote(row, text);
  };
  const take = (row: number, spelt: string): boolean => {
    const { text, stopped } = (stops[row] as StopTexts).take(spelt);
    tell(row, text);
    return stopped;
  };
  const beginnings = prompts.map(
    ({ ids, most, sampling }, row): Beginning => ({
      ...{ prompt: ids, most, choose: chooser(sampling) },
      heard: (token) => take(row, (spellings[row] as Spelling).take(token)),
    }),
  );
  const { end, banned } = config;
  for await (const { row, tokens, finish } of continued(causal, beginnings, { end, banned, turn })) {
    // The last character waited for one that would show that it is whole.
    const atEnd = finish === 'heard' || take(row, (spellings[row] as Spelling).rest);
    if (!atEnd) tell(row, (stops[row] as StopTexts).rest);
    const value: Answer = {
      text: texts[row] as string,
      finish: atEnd || finish !== 'length' ? 'stop' : 'length',
    };
    const counts = { tokens: prompts[row]?.ids.length ?? 0, written: tokens.length, truncated: false };
    yield { row, output: { value, ...counts } };
  }
}

function speakerOf({ card, speaker }: LoadedModel) {
  if (!speaker) throw new Error(`${card.id} cannot be talked to: its card is not of the task chat`);
  return speaker;
}
