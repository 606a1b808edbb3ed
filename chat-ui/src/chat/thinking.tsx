import { useEffect, useState } from 'react';

/** That an answer is on its way, and for how long already once that is worth saying. Nobody is told every second aloud. */
export function Thinking() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((value) => value + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="flex h-7 items-center gap-2 text-muted">
      <span className="flex gap-1" aria-hidden="true">
        {[0, 150, 300].map((delay) => (
          <span
            key={delay}
            className="pulse-soft size-1.5 rounded-full bg-accent"
            style={{ animationDelay: `${delay}ms` }}
          />
        ))}
      </span>
      <span className="figures">Thinking{seconds > 0 && ` ${seconds} s`}</span>
    </p>
  );
}
