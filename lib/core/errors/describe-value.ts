const LONGEST = 80;

/** A short, safe rendering of any value for an error's text: never throws, never floods a log. */
export function describeValue(value: unknown): string {
  const text = render(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}... (${text.length} characters)` : text;
}

function render(value: unknown): string {
  try {
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'function':
        return `function ${value.name || '(anonymous)'}`;
      case 'bigint':
        return `${value}n`;
      case 'object':
        return value instanceof Date ? renderDate(value) : renderObject(value);
      default:
        return String(value);
    }
  } catch {
    return `a value of type ${typeof value} that cannot be shown`;
  }
}

/** As JSON, unless its `toJSON` gives nothing. */
function renderObject(value: object | null): string {
  const json: unknown = JSON.stringify(value);
  return typeof json === 'string' ? json : Object.prototype.toString.call(value);
}

function renderDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString();
}
