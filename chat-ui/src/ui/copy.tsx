import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button, type ButtonProps } from './button.tsx';

/** Copies text; false when the browser refuses, after telling the visitor. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toast.error('The browser did not allow copying. Select the text and copy it by hand.');
    return false;
  }
}

interface CopyButtonProps extends ButtonProps {
  text: string | (() => string);
  /** What is copied, for the accessible name: "Copy JSON". */
  what: string;
  showLabel?: boolean;
}

export function CopyButton({ text, what, showLabel = false, ...rest }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied(await copyText(typeof text === 'function' ? text() : text));
  return (
    <Button
      variant="ghost"
      size={showLabel ? 'small' : 'icon'}
      aria-label={showLabel ? undefined : `Copy ${what}`}
      onClick={() => void copy()}
      {...rest}
    >
      {copied ? <Check className="text-positive" aria-hidden="true" /> : <Copy aria-hidden="true" />}
      {showLabel && (copied ? 'Copied' : `Copy ${what}`)}
      <span role="status" className="sr-only">
        {copied ? `Copied ${what}` : ''}
      </span>
    </Button>
  );
}
