import { Dialog } from '../ui/dialog.tsx';
import { Kbd, modifierKey } from '../ui/kbd.tsx';
import { shortcutsOpen } from './commands.ts';
import { places } from './places.ts';

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
  { title: 'Go to', rows: places.map((place) => ({ does: place.title, keys: ['g', place.shortcut] })) },
  {
    title: 'Playground',
    rows: [
      { does: 'Run', keys: [modifierKey, 'Enter'] },
      { does: 'Cancel a run', keys: ['Esc'] },
    ],
  },
];

export default function Shortcuts() {
  return (
    <Dialog open={shortcutsOpen.use()} onOpenChange={shortcutsOpen.set} title="Keyboard shortcuts">
      <div className="space-y-5">
        {groups.map((group) => (
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
