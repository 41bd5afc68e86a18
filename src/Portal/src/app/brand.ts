import type { Schema } from "../api/client";

export type Brand = Schema<"BrandingAnswer">;

const plain: Brand = { name: null, colour: null, barColour: null, barText: null, logo: null, favicon: null, signIn: null };

function ofPage(): Brand {
  const text = document.querySelector<HTMLMetaElement>('meta[name="brand"]')?.content;
  return text ? JSON.parse(text) as Brand : plain;
}

/** How the firm of this host looks. It comes with the page, so that nothing changes its colour before one's eyes. */
export const brand: Brand = ofPage();

/** Least contrast of text (WCAG 1.4.3), and a little more than that for our own choices. */
const readable = 4.5, comfortable = 5.5;
const darkGround = "#1f1f1f";

const parts = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = parts(colour).map((part) => part / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 1–21, as the guidelines count it. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export const isColour = (text: string | null | undefined): text is string => /^#[0-9a-f]{6}$/i.test(text ?? "");

export const canBeRead = (one: string, other: string) => contrast(one, other) >= readable;

/** The colour with as much white as it takes to be read on the dark ground. */
export function lighter(colour: string): string {
  for (let white = 0; white < 1; white += 0.05) {
    const mixed = `#${parts(colour).map((part) => Math.round(part + (255 - part) * white).toString(16).padStart(2, "0")).join("")}`;
    if (contrast(mixed, darkGround) >= comfortable) return mixed;
  }
  return "#ffffff";
}
