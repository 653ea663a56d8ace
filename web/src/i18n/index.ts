import i18n from "i18next";
import { initReactI18next } from "react-i18next";

import type en from "./en.json";

export const LANGUAGES = { en: "English", "zh-CN": "中文" } as const;
export type Language = keyof typeof LANGUAGES;

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

const KEY = "sluice.language";
const LOADERS: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("./en.json"),
  "zh-CN": () => import("./zh-CN.json"),
};

/** Start in the language chosen before, or the browser's; only that one is loaded. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
  await speak(preferred());
}

/** Speak another language from now on, also when the page is opened the next time. */
export async function choose(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(KEY, language);
}

async function speak(language: Language): Promise<void> {
  const texts = await LOADERS[language]();
  i18n.addResourceBundle(language, "translation", texts.default, true, true);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

function preferred(): Language {
  const wanted = localStorage.getItem(KEY) ?? navigator.language;
  return wanted.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}
