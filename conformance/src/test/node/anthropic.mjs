// npm's @anthropic-ai/sdk. Arguments: where Signalbox listens, and how often to try again if not as often as it does by itself.
import Anthropic from "@anthropic-ai/sdk";
import { serve } from "./serve.mjs";

const [baseURL, retries] = process.argv.slice(2);
const client = new Anthropic({
  baseURL,
  apiKey: "no-key",
  timeout: 20_000,
  ...(retries && { maxRetries: Number(retries) }),
});
const ENDS = { end_turn: "STOP", max_tokens: "LENGTH", tool_use: "TOOLS" };
let calling; // what was asked, and the blocks that called

function asking({ model, text, tools, image, thinking, schema }) {
  const content = image
    ? [
        { type: "text", text },
        { type: "image", source: { type: "base64", media_type: "image/png", data: image } },
      ]
    : text;
  return {
    model,
    max_tokens: 4096,
    messages: [{ role: "user", content }],
    ...(tools && {
      tools: tools.map(({ name, properties }) => ({ name, input_schema: { type: "object", properties } })),
    }),
    ...(thinking && { thinking: { type: "enabled", budget_tokens: 1024 } }),
    ...(schema && { output_config: { format: { type: "json_schema", schema } } }),
  };
}

function told({ content, stop_reason, usage }, pieces) {
  const all = (type) => content.filter((block) => block.type === type);
  return {
    pieces: pieces ?? all("text").map((block) => block.text),
    thought: all("thinking").map((block) => block.thinking).join(""),
    calls: all("tool_use").map((block) => ({ tool: block.name, arguments: JSON.stringify(block.input) })),
    end: ENDS[stop_reason],
    input: usage.input_tokens,
    output: usage.output_tokens,
  };
}

async function streamed(asked, pieces) {
  const stream = client.messages.stream(asked);
  for await (const event of stream) {
    if (event.type === "content_block_delta" && event.delta.type === "text_delta") pieces.push(event.delta.text);
  }
  return stream.finalMessage();
}

function called(question, whole) {
  calling = { asked: asking(question), content: whole.content };
  return told(whole);
}

function withResults(results) {
  const { asked, content } = calling;
  const said = content
    .filter((block) => block.type === "tool_use")
    .map((block, i) => ({ type: "tool_result", tool_use_id: block.id, content: results[i] }));
  return { ...asked, messages: [...asked.messages, { role: "assistant", content }, { role: "user", content: said }] };
}

await serve({
  async whole(question) {
    return told(await client.messages.create(asking(question)));
  },

  async streamed(question) {
    const pieces = [];
    return told(await streamed(asking(question), pieces), pieces);
  },

  async calling(question) {
    return called(question, await client.messages.create(asking(question)));
  },

  async answering(question, results) {
    return told(await client.messages.create(withResults(results)));
  },

  async callingInStream(question) {
    return called(question, await streamed(asking(question), []));
  },

  async answeringInStream(question, results) {
    const pieces = [];
    return told(await streamed(withResults(results), pieces), pieces);
  },

  async leaving(question) {
    for await (const event of await client.messages.create({ ...asking(question), stream: true })) {
      if (event.type === "content_block_delta") break; // ends the stream
    }
  },

  async tokens({ model, text }) {
    const { input_tokens } = await client.messages.countTokens({ model, messages: [{ role: "user", content: text }] });
    return input_tokens;
  },

  async models() {
    const names = [];
    for await (const model of client.models.list()) names.push(model.id);
    return names;
  },
});
