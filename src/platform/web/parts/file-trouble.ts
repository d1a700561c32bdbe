const MEGA = 1024 * 1024;

/** 1.4 MB, 320 KB: sizes as people read them. */
export function sizeText(bytes: number): string {
  if (bytes >= MEGA) return `${(bytes / MEGA).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

/** Why a file cannot be taken, or null. The server looks at the content again. */
export function fileTrouble(
  file: { readonly name: string; readonly size: number },
  limits: { readonly maxBytes?: number; readonly extensions?: readonly string[] },
): string | null {
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (file.size === 0) return `“${file.name}”是空文件，请检查后重新选择。`;
  if (limits.extensions !== undefined && !limits.extensions.includes(ending)) {
    return `“${file.name}”的格式不能接收，请选择 ${limits.extensions.map((each) => `.${each}`).join('、')} 文件。`;
  }
  if (limits.maxBytes !== undefined && file.size > limits.maxBytes) {
    return `“${file.name}”有 ${sizeText(file.size)}，超过 ${sizeText(limits.maxBytes)} 的上限，请压缩或拆分后再上传。`;
  }
  return null;
}
