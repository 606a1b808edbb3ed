import { useEffect, useState } from 'react';

/** How long a run has taken so far, once that is worth saying. */
export function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((value) => value + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="status" className="figures text-muted">
      Running{seconds > 0 && `, ${seconds} s`}
    </span>
  );
}
