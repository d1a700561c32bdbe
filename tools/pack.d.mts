export function packed(root?: string, programs?: readonly string[]): Promise<string>;
