interface Detector {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

/** The text of a QR code in a picture, where the browser can read codes; null where none is seen. */
export async function readCode(picture: Blob): Promise<string | null> {
  const Made = (window as unknown as { readonly BarcodeDetector?: new (options: object) => Detector }).BarcodeDetector;
  if (!Made) return null;
  try {
    const [code] = await new Made({ formats: ['qr_code'] }).detect(await createImageBitmap(picture));
    return code?.rawValue ?? null;
  } catch {
    return null;
  }
}

/** The enterprise's number in what a code says: …/e/企-2026-0042, or the number itself. */
export function numberIn(text: string): string | null {
  const path = /\/e\/([^/?#]+)/.exec(text)?.[1];
  const number = path ? decodeURIComponent(path) : text.trim();
  return /^\D{1,3}-\d{4}-\d+$/.test(number) ? number : null;
}
