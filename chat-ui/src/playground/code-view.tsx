import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { systemQuery } from '../api/queries.ts';
import { CodeBlock } from '../ui/code-block.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { snippets } from './snippets/index.ts';
import type { RunRequest } from './task.ts';

/** The current input and options as a program would send them. */
export function CodeView({ request }: { request: RunRequest }) {
  const needsKey = useQuery(systemQuery).data?.authentication === 'keys';
  const [name, setName] = useState('curl');
  const snippet = snippets.find((each) => each.name === name) ?? snippets[0];
  const code = snippet?.write(request, { origin: window.location.origin, needsKey }) ?? '';
  return (
    <div className="space-y-3 p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label="Language"
          value={name}
          options={snippets.map((each) => ({ value: each.name, label: each.name }))}
          onChange={setName}
        />
        <a href="/docs" className="text-accent text-xs underline-offset-2 hover:underline">
          API reference
        </a>
      </div>
      <CodeBlock code={code} what={`${name} code`} />
      <p className="text-faint text-xs">
        Exactly the text and options of this page.
        {needsKey && ' Put your API key in the environment variable PARLANCE_API_KEY.'}
      </p>
    </div>
  );
}
