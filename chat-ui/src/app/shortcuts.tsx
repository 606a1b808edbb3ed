import { Dialog } from '../ui/dialog.tsx';
import { Kbd, modifierKey } from '../ui/kbd.tsx';
import { pageCommands, shortcutsOpen } from './commands.ts';
import { useOpenPlaces } from './use-standing.ts';

const groups = [
  {
    title: 'Anywhere',
    rows: [
      { does: 'Command palette', keys: [modifierKey, 'K'] },
      { does: 'This list', keys: ['?'] },
      { does: 'Dark or light', keys: ['d'] },
      { does: 'Narrow or widen the navigation', keys: ['['] },
      { does: 'Jump to the first input', keys: ['/'] },
    ],
  },
];

/** What the page in view adds; keys it does not offer to the palette are not among them. */
const hereNow = () => ({
  title: 'On this page',
  rows: pageCommands.get().flatMap(({ title, keys }) => (keys ? [{ does: title, keys }] : [])),
});

export default function Shortcuts() {
  const here = hereNow();
  const goTo = {
    title: 'Go to',
    rows: useOpenPlaces().map((place) => ({ does: place.title, keys: ['g', place.shortcut] })),
  };
  const all = [...groups, goTo];
  return (
    <Dialog open={shortcutsOpen.use()} onOpenChange={shortcutsOpen.set} title="Keyboard shortcuts">
      <div className="space-y-5">
        {(here.rows.length > 0 ? [here, ...all] : all).map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium text-faint text-xs">{group.title}</h3>
            <dl>
              {group.rows.map((row) => (
                <div
                  key={row.does}
                  className="flex items-center justify-between gap-4 border-line border-b py-2 last:border-0"
                >
                  <dt>{row.does}</dt>
                  <dd className="flex gap-1">
                    {row.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
