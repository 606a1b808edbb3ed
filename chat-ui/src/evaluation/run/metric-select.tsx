import { Select } from '../../ui/field.tsx';

/** By which metric slices, values and samples are looked at. */
export function MetricSelect({
  label,
  metrics,
  value,
  onChange,
}: {
  label: string;
  metrics: string[];
  value: string;
  onChange: (metric: string) => void;
}) {
  return (
    <Select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {metrics.map((metric) => (
        <option key={metric}>{metric}</option>
      ))}
    </Select>
  );
}
