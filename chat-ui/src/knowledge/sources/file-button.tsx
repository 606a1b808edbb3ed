import { type ReactNode, useRef } from 'react';
import { Button, type ButtonProps } from '../../ui/button.tsx';
import { accepted } from '../kinds.ts';
import { chosenFiles, type NamedFile } from './dropped.ts';

/** A button that opens the file dialog. */
export function FileButton({
  onFiles,
  multiple = false,
  accept = accepted,
  children,
  ...rest
}: {
  onFiles: (files: NamedFile[]) => void;
  multiple?: boolean;
  accept?: string;
  children: ReactNode;
} & Omit<ButtonProps, 'onClick' | 'children'>) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...rest} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept={accept}
        onChange={({ target }) => {
          onFiles(chosenFiles(target.files));
          // The same file chosen again must be a change again.
          target.value = '';
        }}
      />
    </>
  );
}
