import { MarkdownText } from '../ui/markdown.tsx';
import { blocksOf } from './blocks.ts';

/** An answer as Markdown; while it is written only its last block is read anew. */
export function AnswerText({ text, lang }: { text: string; lang: string }) {
  return (
    <div lang={lang} className="break-words leading-7 [&>*:first-child]:mt-0 [&>*:last-child]:mb-0">
      {blocksOf(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added behind the last
        <MarkdownText key={index} text={block} />
      ))}
    </div>
  );
}
