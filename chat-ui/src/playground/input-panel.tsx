import { Play, Square } from 'lucide-react';
import { asParlanceError } from '#contracts';
import { Button } from '../ui/button.tsx';
import { Kbd, modifierKey } from '../ui/kbd.tsx';
import { Panel } from '../ui/panel.tsx';
import { Switch } from '../ui/switch.tsx';
import { Elapsed } from './elapsed.tsx';
import { Examples } from './examples.tsx';
import { ModelPicker } from './model-picker.tsx';
import { OptionControl } from './option-control.tsx';
import { isMany } from './request.ts';
import { TextInput } from './text-input.tsx';
import type { Workbench } from './use-workbench.ts';

/** Messages about the input itself, from this page or from the server. */
function inputErrors({ notice, failure }: Workbench): string[] {
  if (notice) return [notice];
  const fields = failure ? (asParlanceError(failure).details.errors ?? []) : [];
  return fields
    .filter((each) => each.pointer.startsWith('/input'))
    .map((each) => {
      const index = each.pointer.split('/')[2];
      return index === undefined ? each.detail : `Text ${Number(index) + 1}: ${each.detail}`;
    });
}

export function InputPanel({ bench }: { bench: Workbench }) {
  const { task, search, text } = bench;
  const many = isMany(task, search);
  return (
    <Panel aria-label="Input">
      <TextInput
        value={text}
        onChange={bench.setText}
        onRun={bench.run}
        onCancel={bench.cancel}
        many={many}
        placeholder={many ? 'One text per line…' : task.placeholder}
        errors={inputErrors(bench)}
      />
      <div className="space-y-4 border-line border-t p-4 sm:px-5">
        <Examples task={task.name} text={text} onPick={bench.pick} />
        <div className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2">
          <Switch
            label="Many texts"
            hint="One text per line"
            checked={many}
            onChange={(on) => bench.update({ many: on === task.manyInitially ? undefined : on })}
          />
          {task.options.map((option) => (
            <OptionControl
              key={option.key}
              option={option}
              value={bench.options[option.key] ?? option.initially}
              onChange={(value) => bench.setOption(option.key, value)}
            />
          ))}
        </div>
      </div>
      <div className="flex items-center gap-3 border-line border-t px-4 py-3 sm:px-5">
        {bench.running ? (
          <Button className="grow sm:min-w-28 sm:grow-0" onClick={bench.cancel}>
            <Square aria-hidden="true" /> Cancel
          </Button>
        ) : (
          <Button variant="primary" className="grow sm:min-w-28 sm:grow-0" onClick={bench.run}>
            <Play aria-hidden="true" /> Run
          </Button>
        )}
        {bench.running ? (
          <Elapsed />
        ) : (
          <span className="hidden items-center gap-1 text-faint text-xs sm:flex" aria-hidden="true">
            <Kbd>{modifierKey}</Kbd>
            <Kbd>Enter</Kbd>
          </span>
        )}
        <div className="ml-auto flex min-w-0 justify-end empty:hidden">
          <ModelPicker bench={bench} />
        </div>
      </div>
    </Panel>
  );
}
