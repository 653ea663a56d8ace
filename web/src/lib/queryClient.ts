import { QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

const MAX_RETRIES = 2;

/** The cache of what was asked; what cannot succeed is not asked again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) =>
          failures < MAX_RETRIES && !(error instanceof Problem && !error.passing),
      },
    },
  });
}
