import { Link, type LinkProps } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';

const item =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 outline-none data-[disabled]:cursor-default data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent data-[disabled]:opacity-50 max-sm:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0';

/** A button that opens a list of things to do or places to go. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  onSelect,
  disabled,
  danger,
  children,
}: {
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      disabled={disabled}
      className={cx(item, danger && 'text-negative')}
    >
      {children}
    </DropdownMenu.Item>
  );
}

/** A place of the app by `to`, or any other address of this server by `href`. */
export function MenuLink({
  to,
  href,
  current,
  children,
}: {
  to?: LinkProps['to'];
  href?: string;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item asChild className={cx(item, current && 'text-accent')}>
      {to ? (
        <Link to={to} aria-current={current ? 'page' : undefined}>
          {children}
        </Link>
      ) : (
        <a href={href}>{children}</a>
      )}
    </DropdownMenu.Item>
  );
}

/** An option of a menu that is on or off; choosing it leaves the menu open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={cx(item, 'justify-between')}
    >
      <span className="flex items-center gap-2.5">{children}</span>
      <span
        aria-hidden="true"
        className={cx(
          'relative h-4 w-7 shrink-0 rounded-full transition-colors',
          checked ? 'bg-accent' : 'bg-line-strong',
        )}
      >
        <span
          className={cx(
            'absolute top-0.5 size-3 rounded-full bg-white transition-[left] dark:bg-canvas',
            checked ? 'left-3.5' : 'left-0.5',
          )}
        />
      </span>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5 text-faint text-xs">{children}</DropdownMenu.Label>;
}

export const MenuSeparator = () => <DropdownMenu.Separator className="my-1.5 h-px bg-line" />;
