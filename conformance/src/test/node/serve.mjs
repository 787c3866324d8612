// Has a library do what it is told, line by line: {"act": ..., "question": ..., "more": ...} comes in, what came of it goes out.
import { createInterface } from "node:readline";

console.log = console.error; // what a library has to say is no answer

export async function serve(library) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { act, question, more } = JSON.parse(line);
    process.stdout.write(JSON.stringify(await tried(library[act], question, more)) + "\n");
  }
}

async function tried(act, question, more) {
  if (!act) return { unable: true };
  try {
    return { done: (await act(question, more)) ?? null };
  } catch (error) {
    return {
      raised: {
        type: error.constructor.name,
        status: error.status ?? error.status_code ?? null,
        message: String(error.message),
      },
    };
  }
}

// The tools of a question as OpenAI and Ollama write them.
export function functions(tools) {
  return tools.map(({ name, properties }) => ({
    type: "function",
    function: { name, description: "What it says.", parameters: { type: "object", properties } },
  }));
}
