/** Hand a recipe to the browser as a file. */
export function saveRecipe(fileName: string, recipe: readonly unknown[]): void {
  const blob = new Blob([`${JSON.stringify({ recipe }, null, 2)}\n`], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${fileName.replace(/\.[^.]+$/, "")}.recipe.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Read a recipe from a file; null when it holds none. */
export async function readRecipe(file: File): Promise<{ recipe: unknown[] } | null> {
  try {
    const found: unknown = JSON.parse(await file.text());
    const recipe = Array.isArray(found) ? found : (found as { recipe?: unknown }).recipe;
    return Array.isArray(recipe) && recipe.length > 0 ? { recipe } : null;
  } catch {
    return null;
  }
}
