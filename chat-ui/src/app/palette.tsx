import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import {
  BookOpen,
  CornerDownLeft,
  Keyboard,
  type LucideIcon,
  Play,
  Plus,
  SunMoon,
  UserRound,
} from 'lucide-react';
import { Dialog } from 'radix-ui';
import { Kbd } from '../ui/kbd.tsx';
import { pageCommands, paletteOpen, shortcutsOpen } from './commands.ts';
import { toggleTheme } from './theme.ts';
import { useOpenPlaces } from './use-standing.ts';

function Item({
  icon: Icon,
  title,
  keys,
  onSelect,
}: {
  icon: LucideIcon;
  title: string;
  keys?: readonly string[];
  onSelect: () => void;
}) {
  const select = () => {
    paletteOpen.set(false);
    onSelect();
  };
  return (
    <Command.Item
      value={title}
      onSelect={select}
      className="flex h-10 cursor-pointer items-center gap-3 rounded-lg px-3 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent"
    >
      <Icon className="size-4 opacity-70" aria-hidden="true" />
      <span className="grow">{title}</span>
      <span className="flex gap-1">
        {keys?.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </Command.Item>
  );
}

const group =
  'px-2 pb-2 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint';

/** Pages and actions by typing a few letters of them. */
export default function Palette() {
  const navigate = useNavigate();
  const commands = pageCommands.use();
  const places = useOpenPlaces();
  const admin = places.some((place) => place.to === '/keys');
  const reviewer = places.some((place) => place.to === '/evaluation');
  return (
    <Dialog.Root open={paletteOpen.use()} onOpenChange={paletteOpen.set}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          className="appear fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden rounded-2xl border border-line bg-raised shadow-float"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <Command label="Commands" loop>
            <Command.Input
              placeholder="Go to a page or do something…"
              className="h-13 w-full border-line border-b bg-transparent px-5 text-base outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto pt-2">
              <Command.Empty className="px-5 py-8 text-center text-muted">
                Nothing is called that.
              </Command.Empty>
              {commands.length > 0 && (
                <Command.Group heading="On this page" className={group}>
                  {commands.map((command) => (
                    <Item
                      key={command.id}
                      icon={CornerDownLeft}
                      title={command.title}
                      keys={command.keys}
                      onSelect={command.run}
                    />
                  ))}
                </Command.Group>
              )}
              <Command.Group heading="Go to" className={group}>
                {places.map((place) => (
                  <Item
                    key={place.to}
                    icon={place.icon}
                    title={place.title}
                    keys={['g', place.shortcut]}
                    onSelect={() => void navigate({ to: place.to })}
                  />
                ))}
                <Item
                  icon={BookOpen}
                  title="API reference"
                  onSelect={() => window.open('/docs', '_blank', 'noopener')}
                />
              </Command.Group>
              <Command.Group heading="Actions" className={group}>
                {admin && (
                  <Item
                    icon={Plus}
                    title="Create an API key"
                    onSelect={() => void navigate({ to: '/keys', search: { create: true } })}
                  />
                )}
                {reviewer && (
                  <Item
                    icon={Play}
                    title="Run an evaluation suite"
                    onSelect={() => void navigate({ to: '/evaluation', search: { start: true } })}
                  />
                )}
                <Item
                  icon={UserRound}
                  title="My account"
                  onSelect={() => void navigate({ to: '/account' })}
                />
                <Item icon={SunMoon} title="Toggle dark and light" keys={['d']} onSelect={toggleTheme} />
                <Item
                  icon={Keyboard}
                  title="Keyboard shortcuts"
                  keys={['?']}
                  onSelect={() => shortcutsOpen.set(true)}
                />
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
