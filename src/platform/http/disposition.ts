/** Content-Disposition for names in Chinese (RFC 6266 with RFC 5987 encoding); control characters are dropped. */
export function contentDisposition(name: string, inline: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters in a header split it
  const clean = name.replace(/[\u0000-\u001f\u007f"\\/]/g, '_');
  const ascii = clean.replace(/[^\x20-\x7e]/g, '_');
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
