import { CopyButton } from './copy.tsx';
import { cx } from './cx.ts';
import { Scrollable } from './scrollable.tsx';

/** Code to read and take away. */
export function CodeBlock({ code, what, className }: { code: string; what: string; className?: string }) {
  return (
    <div className={cx('relative min-w-0', className)}>
      <Scrollable
        label={what}
        className="max-h-[28rem] overflow-y-auto rounded-lg border border-line bg-sunken"
      >
        <pre className="w-max min-w-full p-4 pr-14 font-mono text-[0.8125rem] leading-6">
          <code>{code}</code>
        </pre>
      </Scrollable>
      <CopyButton text={code} what={what} variant="secondary" className="absolute top-2 right-2 size-8" />
    </div>
  );
}
