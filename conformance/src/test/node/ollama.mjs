// npm's ollama, which never tries again. Argument: where Signalbox listens.
import { Ollama } from "ollama";
import { functions, serve } from "./serve.mjs";

const client = new Ollama({ host: process.argv[2], headers: { Authorization: "Bearer no-key" } });
let calling; // what was asked, and the message that called

function asking({ model, text, tools, image, thinking, schema }) {
  return {
    model,
    messages: [{ role: "user", content: text, ...(image && { images: [image] }) }],
    ...(tools && { tools: functions(tools) }),
    ...(thinking && { think: true }),
    ...(schema && { format: schema }),
  };
}

function told(last, pieces, thought, called) {
  const calls = (called ?? last.message.tool_calls ?? []).map((call) => ({
    tool: call.function.name,
    arguments: JSON.stringify(call.function.arguments),
  }));
  return {
    pieces: pieces ?? [last.message.content],
    thought: thought ?? last.message.thinking ?? "",
    calls,
    end: calls.length ? "TOOLS" : last.done_reason === "length" ? "LENGTH" : "STOP",
    input: last.prompt_eval_count,
    output: last.eval_count,
  };
}

async function streamed(asked) {
  const pieces = [];
  const calls = [];
  let thought = "";
  let last;
  for await (const part of await client.chat({ ...asked, stream: true })) {
    last = part;
    pieces.push(part.message.content);
    thought += part.message.thinking ?? "";
    calls.push(...(part.message.tool_calls ?? []));
  }
  return { last, pieces, thought, calls };
}

function withResults(results) {
  const { asked, message } = calling;
  const said = message.tool_calls.map((call, i) => ({
    role: "tool",
    tool_name: call.function.name,
    content: results[i],
  }));
  return { ...asked, messages: [...asked.messages, message, ...said] };
}

await serve({
  async whole(question) {
    return told(await client.chat(asking(question)));
  },

  async streamed(question) {
    const { last, pieces, thought, calls } = await streamed(asking(question));
    return told(last, pieces, thought, calls);
  },

  async calling(question) {
    const whole = await client.chat(asking(question));
    calling = { asked: asking(question), message: whole.message };
    return told(whole);
  },

  async answering(question, results) {
    return told(await client.chat(withResults(results)));
  },

  async callingInStream(question) {
    const { last, pieces, thought, calls } = await streamed(asking(question));
    calling = { asked: asking(question), message: { role: "assistant", content: pieces.join(""), tool_calls: calls } };
    return told(last, pieces, thought, calls);
  },

  async answeringInStream(question, results) {
    const { last, pieces, thought, calls } = await streamed(withResults(results));
    return told(last, pieces, thought, calls);
  },

  async leaving(question) {
    const stream = await client.chat({ ...asking(question), stream: true });
    for await (const part of stream) {
      if (part.message.content) {
        stream.abort();
        return;
      }
    }
  },

  async vectors({ model }, input) {
    const { embeddings } = await client.embed({ model, input });
    return embeddings;
  },

  async models() {
    const { models } = await client.list();
    return models.map((model) => model.name);
  },
});
