/** A name to start from when only an address is known: "status.larkfield.example" is Larkfield. */
export function nameFrom(address: string): string {
  const host = /^(?:https?:\/\/)?([^/:?#]+)/.exec(address.trim())?.[1] ?? '';
  const parts = host.split('.').filter((part) => !['www', 'status', 'app', 'api'].includes(part));
  const name = (parts.length > 1 ? parts.slice(0, -1) : parts).at(-1) ?? '';
  return name.replace(/status$/, '').replace(/^./, (first) => first.toUpperCase());
}

/** The host and port of an address, for captions. */
export function hostOf(address: string): string {
  return /^(?:[a-z]+:\/\/)?([^/?#]*)/i.exec(address.trim())?.[1] ?? '';
}

/** An address as it is sent: people leave the scheme out. */
export function withScheme(address: string): string {
  const text = address.trim();
  return /^https?:\/\//i.test(text) ? text : `https://${text}`;
}

/** Whether a text is an address rather than a name: "status.vendor.example", "localhost:8080". */
export function looksLikeAddress(text: string): boolean {
  const typed = text.trim();
  if (!typed || /\s/.test(typed)) return false;
  return (
    /^https?:\/\/\S/i.test(typed) ||
    /^(?:[^/?#]+\.[a-z]{2,}|[^/?#.]+:\d+|\d+(?:\.\d+){3})(?:[:/?#]|$)/i.test(typed)
  );
}
