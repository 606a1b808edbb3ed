import { type Span, sentencesOf, windowsOf } from '../text/segment.ts';
import type { Section } from './section.ts';

/** A piece of one section, small enough to read at a glance. */
export interface Piece {
  headings: string[];
  text: string;
}

/** Tokens that a passage holds at most, and what one is filled up to when its section must be divided. */
const maxTokens = 180;

/**
 * Divides sections into passages of at most about 180 tokens, never across a heading. A section that fits is one passage. Of a longer
 * one the passages are about equally long; paragraphs, lists and tables stay whole where they fit, else lists and
 * tables are cut between lines and paragraphs between sentences.
 */
export function passagesOf(sections: Section[], language: string): Piece[] {
  return sections.flatMap(({ headings, blocks }) =>
    pack(blocks, language).map((text) => ({ headings, text })),
  );
}

/**
 * About how many tokens the bundled embedding model reads in a text. Its vocabulary is English: there a token is 4.8
 * characters, in other European languages 3.0 (medians on XQuAD), and an ideograph or a syllable is one of its own.
 */
export function estimateTokens(text: string, language: string): number {
  const whole = text.match(/[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu)?.length ?? 0;
  return whole + (text.length - whole) / (language === 'en' ? 4.8 : 3);
}

interface Unit {
  text: string;
  tokens: number;
  /** What comes before it in a passage. */
  joint: string;
}

function pack(blocks: string[], language: string): string[] {
  const units = blocks.flatMap((block) => unitsOf(block, language));
  const total = units.reduce((sum, each) => sum + each.tokens, 0);
  const target = total / Math.ceil(total / maxTokens);
  const passages: string[] = [];
  let open: Unit[] = [];
  let tokens = 0;
  const close = () => {
    if (open.length > 0)
      passages.push(open.map((each, at) => (at === 0 ? '' : each.joint) + each.text).join(''));
    open = [];
    tokens = 0;
  };
  for (const unit of units) {
    // Half of it on either side of the target is the fair cut.
    if (tokens + unit.tokens > maxTokens || tokens + unit.tokens / 2 > target) close();
    open.push(unit);
    tokens += unit.tokens;
  }
  close();
  return passages;
}

/** A block whole, or what it is divided into when it does not fit. */
function unitsOf(block: string, language: string): Unit[] {
  const unit = (text: string, joint: string): Unit => ({
    text,
    tokens: estimateTokens(text, language),
    joint,
  });
  if (estimateTokens(block, language) <= maxTokens) return [unit(block, '\n\n')];
  const lines = block.split('\n');
  const joint = lines.length > 1 ? '\n' : ' ';
  const parts = lines.flatMap((line) =>
    estimateTokens(line, language) <= maxTokens ? [line] : divide(line, language),
  );
  return parts.map((part, at) => unit(part, at === 0 ? '\n\n' : joint));
}

/** Sentences; one that is too long by itself is cut between words. */
function divide(text: string, language: string): string[] {
  const longest = Math.floor((maxTokens * text.length) / estimateTokens(text, language));
  const piece = ({ start, end }: Span) => text.slice(start, end).trim();
  return sentencesOf(text)
    .flatMap((span) =>
      span.end - span.start <= longest
        ? [piece(span)]
        : windowsOf(piece(span), longest).map((each) => piece(span).slice(each.start, each.end).trim()),
    )
    .filter(Boolean);
}
