import { useEffect, useRef } from 'react';
import { maxTextLength } from '#contracts';
import { cx } from '../ui/cx.ts';
import { formatCount, plural } from '../ui/format.ts';
import { linesOf } from './request.ts';

const tallestPx = 420;

interface TextInputProps {
  value: string;
  onChange: (value: string) => void;
  onRun: () => void;
  onCancel: () => void;
  many: boolean;
  placeholder: string;
  errors: string[];
}

/** The text to work on. It grows with its content, counts it, and runs on Ctrl or ⌘ Enter. */
export function TextInput({ value, onChange, onRun, onCancel, many, placeholder, errors }: TextInputProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    if (!area.current) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${Math.min(area.current.scrollHeight, tallestPx)}px`;
  }, [value]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === 'Escape') onCancel();
  };
  const over = !many && value.length > maxTextLength;
  return (
    <div>
      <label htmlFor="playground-text" className="sr-only">
        {many ? 'Texts, one per line' : 'Text'}
      </label>
      <textarea
        id="playground-text"
        ref={area}
        value={value}
        rows={7}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        aria-describedby="playground-count playground-errors"
        aria-invalid={errors.length > 0 || undefined}
        className="-outline-offset-2 block min-h-44 w-full resize-none rounded-t-xl bg-transparent px-4 pt-4 pb-2 text-base leading-7 placeholder:text-faint sm:px-5"
      />
      <div className="flex items-start justify-between gap-4 px-4 pb-3 text-xs sm:px-5">
        <div id="playground-errors" aria-live="polite" className="text-negative">
          {errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
        </div>
        <p
          id="playground-count"
          className={cx('figures whitespace-nowrap', over ? 'text-negative' : 'text-faint')}
        >
          {many && `${plural(linesOf(value).length, 'text')}, `}
          {formatCount(value.length)}
          {!many && ` / ${formatCount(maxTextLength)}`} characters
        </p>
      </div>
    </div>
  );
}
