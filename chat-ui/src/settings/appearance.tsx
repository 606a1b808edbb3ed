import { Monitor, Moon, Sun } from 'lucide-react';
import { type Theme, theme } from '../app/theme.ts';
import { Panel, PanelHeader } from '../ui/panel.tsx';
import { Segmented } from '../ui/segmented.tsx';

const options: { value: Theme; label: React.ReactNode }[] = [
  {
    value: 'system',
    label: (
      <>
        <Monitor aria-hidden="true" /> System
      </>
    ),
  },
  {
    value: 'light',
    label: (
      <>
        <Sun aria-hidden="true" /> Light
      </>
    ),
  },
  {
    value: 'dark',
    label: (
      <>
        <Moon aria-hidden="true" /> Dark
      </>
    ),
  },
];

export function Appearance() {
  return (
    <Panel>
      <PanelHeader title="Appearance" hint="Kept in this browser">
        <Segmented label="Theme" value={theme.use()} options={options} onChange={theme.set} />
      </PanelHeader>
    </Panel>
  );
}
