import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Scrollable } from '../ui/scrollable.tsx';

/** The page already has its first-level heading, so those of the text begin one below. */
const components: Components = {
  h1: ({ children }) => (
    <h2 className="mt-8 mb-3 font-semibold text-xl tracking-tight first:mt-0">{children}</h2>
  ),
  h2: ({ children }) => <h3 className="mt-7 mb-2 font-semibold text-base">{children}</h3>,
  h3: ({ children }) => <h4 className="mt-5 mb-1.5 font-semibold">{children}</h4>,
  p: ({ children }) => <p className="my-3 break-words">{children}</p>,
  ul: ({ children }) => <ul className="my-3 list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children }) => <ol className="my-3 list-decimal space-y-1 pl-5">{children}</ol>,
  a: ({ href, children }) =>
    href ? (
      <a
        href={href}
        rel="noopener noreferrer nofollow"
        target="_blank"
        className="break-words text-accent underline underline-offset-2"
      >
        {children}
      </a>
    ) : (
      children
    ),
  code: ({ children }) => (
    <code className="break-words rounded bg-sunken px-1 py-px font-mono text-[0.85em]">{children}</code>
  ),
  pre: ({ children }) => (
    <Scrollable label="Code" className="my-4 rounded-lg border border-line bg-sunken">
      <pre className="p-4 text-[0.8125rem] leading-6 [&_code]:bg-transparent [&_code]:p-0">{children}</pre>
    </Scrollable>
  ),
  table: ({ children }) => (
    <Scrollable label="Table" className="my-4 rounded-lg border border-line">
      <table className="figures w-full text-left">{children}</table>
    </Scrollable>
  ),
  th: ({ children }) => <th className="border-line border-b bg-sunken px-3 py-2 font-medium">{children}</th>,
  td: ({ children }) => <td className="border-line border-t px-3 py-2 align-top">{children}</td>,
  blockquote: ({ children }) => (
    <blockquote className="my-4 border-line-strong border-l-2 pl-4 text-muted">{children}</blockquote>
  ),
  hr: () => <hr className="my-6 border-line" />,
  // An image would be a request to somewhere else.
  img: ({ alt }) => <em>{alt}</em>,
};

/** Only whole addresses of these kinds are links; a relative one would point into this page. */
const safeUrl = (url: string): string | undefined => (/^(https?:\/\/|mailto:)/i.test(url) ? url : undefined);

/** Markdown from anywhere: no raw HTML, no images, and no links but to the web and to mail. */
export const MarkdownText = memo(function MarkdownText({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={[remarkGfm]} skipHtml components={components} urlTransform={safeUrl}>
      {text}
    </Markdown>
  );
});
