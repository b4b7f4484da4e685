// What the page knows of the sandbox: bots, people, chats. It follows the stream of changes and tells the phones.

import { get, send, watch } from "./api.js";

const MOST_PHONES = 12;
const ROLES = ["student", "supporter", "counselor", "coordinator"];

export class World {
  // `on` has: phoneAdded(chat), phonesChanged(), connection(isThere), faults(count), unread().
  constructor(on) {
    this.on = on;
    this.bots = new Map();
    this.users = new Map();
    this.chats = new Map();
    this.adding = new Map();
    this.roles = new Map();
    this.hidden = new Set(JSON.parse(sessionStorage.getItem("hidden") ?? "[]"));
    this.onUnread = on.unread;
    this.inHand = null;
  }

  async load() {
    const { people, cursor } = await get("scene");
    for (const one of people) this.roles.set(one.id, ROLES.includes(one.role) ? one.role : "guest");
    for (const bot of (await get("bots")).bots) this.bots.set(bot.username, bot);
    for (const user of (await get("users")).users) this.users.set(user.id, user);
    for (const chat of (await get("chats")).chats) await this.addChat(chat);
    this.source = watch(cursor, (change) => this.follow(change), this.on.connection);
  }

  // Asked for twice (by a press and by the stream that tells of it), a chat is read once.
  addChat(told) {
    const key = `${told.bot}/${told.user}`;
    if (!this.adding.has(key) && (this.hidden.has(key) || this.chats.size >= MOST_PHONES)) return null;
    if (!this.adding.has(key)) this.adding.set(key, this.readChat(told, key));
    return this.adding.get(key);
  }

  async readChat(told, key) {
    const chat = { ...told, key, role: this.roleOf(told.user), messages: new Map(), typing: "", phone: null };
    this.chats.set(key, chat);
    for (const message of (await get(`chats/${key}/messages`)).messages) keepNewest(chat, message);
    this.on.phoneAdded(chat);
    return chat;
  }

  roleOf(user) {
    return this.roles.get(user) ?? sessionStorage.getItem(`role:${user}`) ?? "guest";
  }

  hide(chat) {
    this.hidden.add(chat.key);
    sessionStorage.setItem("hidden", JSON.stringify([...this.hidden]));
    this.chats.delete(chat.key);
    this.adding.delete(chat.key);
    this.on.phonesChanged();
  }

  // A link into a bot was tapped: its chat is opened, and started with the code of the link.
  async openChat(bot, user, code = "") {
    const key = `${bot}/${user}`;
    this.hidden.delete(key);
    const told = await send("chats", { bot, user });
    const chat = await this.addChat(told);
    if (code) await send(`chats/${key}/say`, { text: `/start ${code}` });
    chat?.phone?.element.scrollIntoView({ behavior: "smooth", inline: "center" });
  }

  async newPerson(name, language, bot, role) {
    const user = await send("users", { first_name: name, language_code: language });
    this.users.set(user.id, user);
    sessionStorage.setItem(`role:${user.id}`, role);
    await this.openChat(bot, user.id);
    return this.adding.get(`${bot}/${user.id}`);
  }

  follow(change) {
    const chat = this.chats.get(`${change.bot}/${change.user}`);
    const phone = chat?.phone;
    switch (change.type) {
      case "user": this.users.set(change.user.id, change.user); break;
      case "bot":
        this.bots.set(change.bot, change.state);
        for (const one of this.chats.values()) if (one.bot === change.bot) one.phone?.drawStatus();
        break;
      case "chat":
        if (!chat) { this.addChat(change.chat); break; }
        Object.assign(chat, change.chat);
        phone?.drawState();
        break;
      case "message": if (chat) this.message(chat, change.message); break;
      case "typing": phone?.typing(change.action, change.seconds); break;
      case "draft": phone?.typing("typing", 5); break;
      case "faults": this.on.faults(change.waiting); break;
      case "reset": location.reload(); break;
    }
  }

  message(chat, message) {
    const isNew = !chat.messages.has(message.id);
    if (!keepNewest(chat, message)) return;
    // A message ends the typing sign, as in every client.
    if (isNew && message.from === "bot") chat.typing = "";
    chat.phone?.show(message, isNew);
  }
}

function keepNewest(chat, message) {
  const known = chat.messages.get(message.id);
  if (known && known.changed >= message.changed) return false;
  chat.messages.set(message.id, message);
  return true;
}
