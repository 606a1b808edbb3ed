import { Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { isDark, theme, toggleTheme } from '../app/theme.ts';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { Panel } from '../ui/panel.tsx';

/** A page for those who are not in yet: one panel and nothing that leads elsewhere. */
export function Doorstep({
  title,
  children,
  below,
}: {
  title: string;
  children: ReactNode;
  below?: ReactNode;
}) {
  theme.use();
  const Mode = isDark() ? Sun : Moon;
  return (
    <div className="mx-auto flex min-h-[calc(100dvh-3rem)] w-full max-w-md flex-col px-4 pt-16 pb-10 sm:justify-center sm:pt-10">
      <Button
        variant="ghost"
        size="icon"
        aria-label={isDark() ? 'Light theme' : 'Dark theme'}
        onClick={toggleTheme}
        className="fixed top-3 right-3"
      >
        <Mode aria-hidden="true" />
      </Button>
      <p className="mb-6 flex items-center justify-center gap-2.5 font-semibold text-lg tracking-tight">
        <Logo /> Parlance
      </p>
      <Panel className="p-6 sm:p-8">
        <h1 className="mb-6 font-semibold text-xl tracking-tight">{title}</h1>
        {children}
      </Panel>
      {below && <div className="mt-5 text-center text-muted">{below}</div>}
    </div>
  );
}
