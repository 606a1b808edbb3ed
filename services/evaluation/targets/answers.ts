import { asJson, type Target } from '#eval';
import { type AnswerPart, type ChatTools, respond } from '#nlp';
import { textOf } from './task.ts';

/**
 * The bot's answer to a single message, without a conversation: text, outcome, the places it cites as `source#heading`, the
 * quoted passages, choices, and whether a person was offered or asked for.
 */
export function answersTarget(language: string, tools: (signal: AbortSignal) => ChatTools): Target {
  return {
    name: 'answers',
    revision: null,
    async ask(sample, signal) {
      const spoken = sample.slices.language ?? language;
      const turn = { message: textOf(sample), language: spoken, past: [], tried: [] };
      const parts: AnswerPart[] = [];
      for await (const part of respond(turn, tools(signal))) parts.push(part);
      return { output: asJson(read(parts)) };
    },
  };
}

function read(parts: AnswerPart[]) {
  const hits = parts.flatMap((part) => (part.type === 'sources' ? part.hits : []));
  const end = parts.find((part) => part.type === 'end');
  return {
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    outcome: end?.outcome ?? null,
    cited: [...new Set(hits.map(({ passage }) => `${passage.sourceName}#${passage.headings.at(-1) ?? ''}`))],
    passages: hits.map(({ passage }) => passage.text),
    quotes: end?.citations.map(({ quote }) => quote) ?? [],
    choices: parts.flatMap((part) => (part.type === 'choices' ? part.choices.map(({ label }) => label) : [])),
    handoff: parts.find((part) => part.type === 'handoff')?.state ?? null,
  };
}
