var M={plain:/\{([\p{L}\p{N}_.]*)$/u,jinja:/\{\{\s*([\p{L}\p{N}_.]*)$/u},j=/^[\p{L}\p{N}_.]*/u;function y(i,e,t){let r=M[t?"jinja":"plain"].exec(i.slice(0,e));if(!r)return null;let n=r[1]??"",o=j.exec(i.slice(e))?.[0]??"",s=i[e+o.length]==="}";return{from:e-n.length,to:s?e+o.length:e,typed:n}}function k(i,e){let t=e.toLowerCase(),r=i.filter(o=>o.toLowerCase().startsWith(t)),n=i.filter(o=>o.toLowerCase().includes(t)&&!r.includes(o));return[...r,...n]}function E(i,e,t,r){let n=r?" }}":"}",o=i.slice(e.to).trimStart().startsWith(n.trim())?"":n;return{from:e.from,to:e.to,text:t+o}}var $=/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;function T(i){let e=i.match($)?.length??0;return Math.ceil((i.length-e)/4)+e}var L=/\{([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\}/gu,O=/\{\{(.*?)\}\}|\{%(.*?)%\}/gsu;function A(i,{known:e,open:t,jinja:r}){let n=new Set(e.map(c)),o=[],s=0,p=a=>{a>s&&o.push({text:i.slice(s,a),kind:"plain",name:""})};for(let a of i.matchAll(r?O:L)){p(a.index);let f=(a[1]??a[2]??"").trim(),h=r||t||n.has(c(f))?"known":"unknown";o.push({text:a[0],kind:h,name:f}),s=a.index+a[0].length}return p(i.length),o}function S(i,{known:e,problems:t}){let r=new Set(i.filter(({kind:o})=>o==="unknown").map(({name:o})=>o)),n=o=>t.some(s=>s.includes(`'${c(o)}'`));return[...r].filter(o=>!n(o)).map(o=>{let s=_(c(o),e),p=s?`Did you mean '${s}'?`:"Nothing before this node writes it.";return`There is no variable '${c(o)}'. ${p}`})}function C(i,e){return i.replace(L,(t,r)=>{let n=D(e,r.split("."));return n===void 0?t:typeof n=="string"?n:v(n)})}function D(i,e){let t=i;for(let r of e){if(typeof t!="object"||t===null||!Object.hasOwn(t,r))return;t=t[r]}return t}function v(i){return Array.isArray(i)?`[${i.map(v).join(", ")}]`:typeof i!="object"||i===null?JSON.stringify(i):`{${Object.entries(i).map(([t,r])=>`${JSON.stringify(t)}: ${v(r)}`).join(", ")}}`}function c(i){return i.split(".")[0]??i}function _(i,e){let t=Math.min(3,Math.ceil(i.length/2));return e.map(n=>({other:n,steps:z(i,n)})).filter(({steps:n})=>n<t).toSorted((n,o)=>n.steps-o.steps)[0]?.other??""}function z(i,e){let t=Array.from({length:e.length+1},(r,n)=>n);for(let r=1;r<=i.length;r+=1){let n=[r];for(let o=1;o<=e.length;o+=1){let s=(t[o-1]??0)+(i[r-1]===e[o-1]?0:1);n.push(Math.min(s,(t[o]??0)+1,(n[o-1]??0)+1))}t=n}return t[e.length]??0}var H=50,R=0,u=class{constructor(e,t){this.area=e;this.choose=t;R+=1,this.list.id=`names-${R}`,this.list.className="names",this.list.popover="manual",this.list.setAttribute("role","listbox"),this.list.setAttribute("aria-label","Variables"),e.setAttribute("aria-autocomplete","list"),e.setAttribute("aria-controls",this.list.id),this.list.addEventListener("pointerdown",r=>r.preventDefault()),this.list.addEventListener("click",r=>{let n=r.target.closest("li")?.dataset.name;n&&this.choose(n)})}area;choose;list=document.createElement("ul");place=null;names=[];at=0;get isOpen(){return this.place!==null}get chosen(){return this.names[this.at]??""}show(e,t,r){if(this.names=k(t,e.typed).slice(0,H),this.names.length===0||this.names.length===1&&this.names[0]===e.typed){this.hide();return}this.place=e,this.at=0,this.draw(),this.list.showPopover();let{offsetHeight:n,offsetWidth:o}=this.list,s=r.bottom+n+4<globalThis.innerHeight;this.list.style.top=`${s?r.bottom+4:Math.max(4,r.top-n-4)}px`,this.list.style.left=`${Math.max(4,Math.min(r.left,globalThis.innerWidth-o-8))}px`}hide(){this.place=null,this.area.removeAttribute("aria-activedescendant"),this.list.matches(":popover-open")&&this.list.hidePopover()}move(e){this.at=(this.at+e+this.names.length)%this.names.length,this.draw(),this.list.children[this.at]?.scrollIntoView({block:"nearest"})}draw(){let e=this.names.map((t,r)=>{let n=document.createElement("li");return n.id=`${this.list.id}-${r}`,n.dataset.name=t,n.textContent=t,n.setAttribute("role","option"),n.setAttribute("aria-selected",String(r===this.at)),n});this.list.replaceChildren(...e),this.area.setAttribute("aria-activedescendant",`${this.list.id}-${this.at}`)}};var m=class{constructor(e,t){this.client=e;this.text=t}client;text;number=0;sent=null;isDirty=!1;get isUnsent(){return this.isDirty}get isUnheard(){return this.sent!==null}type(e){e!==this.text&&(this.text=e,this.isDirty=!0)}letter(){return this.isDirty&&(this.number+=1,this.sent={client:this.client,number:this.number,text:this.text},this.isDirty=!1),this.sent}receive(e,t){return this.sent&&t.client===this.client&&t.heard>=this.sent.number&&(this.sent=null),this.isDirty||this.sent||e===this.text?!1:(this.text=e,!0)}};function b(i,e,t){let r=Math.min(e.length,t.length),n=0;for(;n<r&&e[n]===t[n];)n+=1;if(i<=n)return i;let o=0;for(;o<r-n&&e.at(-1-o)===t.at(-1-o);)o+=1;return i>=e.length-o?t.length-(e.length-i):t.length-o}var x=0,g=class{constructor(e){this.ears=e;x+=1,this.area.id=`prompt-${x}`,this.wrong.id=`wrong-${x}`,this.label.htmlFor=this.area.id,this.area.rows=1,this.area.dir=this.ink.dir="auto",this.area.spellcheck=!1,this.area.placeholder="{ names a variable",this.area.setAttribute("aria-describedby",this.wrong.id),this.wrong.setAttribute("role","status"),this.ink.setAttribute("aria-hidden","true"),this.popup=new u(this.area,t=>this.complete(t)),this.build(),this.listen()}ears;root=l("div","grasp-prompt");label=document.createElement("label");help=l("span","help");box=l("div","box");ink=l("div","ink");area=document.createElement("textarea");wrong=l("ul","wrong");count=l("span","count");chips=l("div","chips");preview=document.createElement("details");source=l("p","source");sample=l("p","sample");popup;shown={label:"",help:"",problems:[],known:[],open:!0,jinja:!1,sample:null};get text(){return this.area.value}get hasFocus(){return this.area.getRootNode().activeElement===this.area}write(e){let{selectionStart:t,selectionEnd:r,value:n}=this.area;e!==n&&(this.popup.hide(),this.area.value=e,this.hasFocus&&this.area.setSelectionRange(b(t,n,e),b(r,n,e)),this.draw())}show(e){this.shown=e,this.label.textContent=e.label,this.help.title=e.help,this.help.hidden=!e.help,this.source.textContent=e.sample?.source??"",this.chips.replaceChildren(...e.known.map(t=>this.chip(t))),this.draw()}build(){let e=l("div","head");this.help.textContent="?",e.append(this.label,this.help,this.count);let t=l("div","sheet");t.append(this.ink,this.area),this.box.append(t);let r=document.createElement("summary");r.textContent="Preview",this.sample.dir="auto",this.preview.append(r,this.source,this.sample),this.root.append(e,this.box,this.wrong,this.chips,this.preview,this.popup.list)}listen(){this.area.addEventListener("input",()=>{this.draw(),this.suggest(),this.ears.typed(this.text)}),this.area.addEventListener("blur",()=>{this.popup.hide(),this.ears.left()}),this.area.addEventListener("click",()=>this.popup.hide()),this.box.addEventListener("scroll",()=>this.popup.hide()),this.preview.addEventListener("toggle",()=>this.drawPreview()),this.root.addEventListener("keydown",e=>this.press(e))}press(e){if(e.stopPropagation(),e.isComposing||e.target!==this.area)return;let t=e.ctrlKey||e.metaKey;if(e.key==="Enter"&&t)this.ears.left();else if(e.key===" "&&e.ctrlKey)this.suggest();else if(!this.popup.isOpen||!this.steer(e))return;e.preventDefault()}steer({key:e,shiftKey:t}){if(e==="ArrowDown"||e==="ArrowUp")this.popup.move(e==="ArrowDown"?1:-1);else if((e==="Enter"||e==="Tab")&&!t)this.complete(this.popup.chosen);else if(e==="Escape")this.popup.hide();else return["ArrowLeft","ArrowRight","Home","End","PageUp","PageDown"].includes(e)&&this.popup.hide(),!1;return!0}suggest(){let e=this.area.selectionStart,t=y(this.text,e,this.shown.jinja);t&&e===this.area.selectionEnd?this.popup.show(t,this.shown.known,this.rectOf(t.from)):this.popup.hide()}complete(e){let{place:t}=this.popup;t&&this.put(E(this.text,t,e,this.shown.jinja)),this.popup.hide()}chip(e){let t=document.createElement("button");return t.type="button",t.tabIndex=-1,t.textContent=e,t.title=`Insert {${e}}`,t.addEventListener("pointerdown",r=>r.preventDefault()),t.addEventListener("click",()=>{let r=this.shown.jinja?`{{ ${e} }}`:`{${e}}`;this.put({from:this.area.selectionStart,to:this.area.selectionEnd,text:r})}),t}put({from:e,to:t,text:r}){this.area.focus(),this.area.setSelectionRange(e,t),!document.execCommand("insertText",!1,r)&&(this.area.setRangeText(r,e,t,"end"),this.area.dispatchEvent(new Event("input")))}draw(){let e=A(this.text,this.shown);this.ink.replaceChildren(...e.map(K),"​");let t=[...this.shown.problems,...S(e,this.shown)];this.wrong.replaceChildren(...t.map(r=>U(r))),this.area.setAttribute("aria-invalid",String(t.length>0)),this.chips.hidden=!this.text,this.preview.hidden=!this.shown.sample||this.shown.jinja||e.every(({kind:r})=>r==="plain"),this.count.textContent=this.text?`about ${T(this.text)} tokens`:"",this.drawPreview()}drawPreview(){this.preview.open&&(this.sample.textContent=C(this.text,this.shown.sample?.values??{}))}rectOf(e){let t=document.createRange(),r=e,n=document.createTreeWalker(this.ink,NodeFilter.SHOW_TEXT);for(let o=n.nextNode();o;o=n.nextNode()){if(r<=o.length)return t.setStart(o,r),t.setEnd(o,r),t.getBoundingClientRect();r-=o.length}return this.area.getBoundingClientRect()}};function l(i,e){let t=document.createElement(i);return t.className=e,t}function K({text:i,kind:e}){if(e==="plain")return document.createTextNode(i);let t=l("span",e);return t.textContent=i,t}function U(i){let e=document.createElement("li");return e.textContent=i,e}function N(i,e){return()=>{i.isConnected||e()}}var P=`/* Everything is mixed from Streamlit's own colours, so light and dark follow at once. */
.grasp-prompt {
  --text: var(--st-text-color, #1c2130);
  --back: var(--st-background-color, #fff);
  --panel: var(--st-secondary-background-color, #f1f2f8);
  --accent: var(--st-primary-color, #4250c8);
  --line: var(--st-border-color, color-mix(in srgb, var(--text) 14%, var(--back)));
  --quiet: color-mix(in srgb, var(--text) 72%, var(--back));
  --bad: var(--st-red-text-color, #a32938);

  box-sizing: border-box;
  font-family: var(--st-font, system-ui, sans-serif);
  font-size: 0.875rem;
  line-height: 1.4;
  color: var(--text);
}

.grasp-prompt *,
.grasp-prompt *::before {
  box-sizing: border-box;
}

.grasp-prompt :is(ul, p) {
  padding: 0;
  margin: 0;
  list-style: none;
}

.head {
  display: flex;
  gap: 0.4rem;
  align-items: center;
  min-height: 1.5rem;
  margin-bottom: 0.25rem;
}

.help {
  display: grid;
  place-items: center;
  width: 0.95rem;
  height: 0.95rem;
  font-size: 0.65rem;
  color: var(--quiet);
  cursor: help;
  border: 1px solid var(--quiet);
  border-radius: 50%;
}

[hidden] {
  display: none !important;
}

.count {
  margin-left: auto;
  font-size: 0.75rem;
  color: var(--quiet);
}

.box {
  max-height: min(24rem, 45vh);
  overflow-y: auto;
  background: var(--panel);
  border: 1px solid var(--line);
  border-radius: var(--st-base-radius, 0.55rem);
}

.box:focus-within {
  border-color: var(--accent);
  box-shadow: 0 0 0 1px var(--accent);
}

.box:has([aria-invalid="true"]) {
  border-color: var(--bad);
}

/* Both layers lie in one cell and scroll as one: they cannot come apart. */
.sheet {
  display: grid;
  min-height: 4.4rem;
}

.ink,
.sheet textarea {
  grid-area: 1 / 1;
  width: 100%;
  padding: 0.55rem 0.7rem;
  margin: 0;
  overflow: hidden;
  font: inherit;
  font-size: 0.875rem;
  line-height: 1.5;
  text-align: start;
  letter-spacing: normal;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
  border: 0;
}

.ink {
  pointer-events: none;
}

.sheet textarea {
  height: 100%;
  color: transparent;
  resize: none;
  caret-color: var(--text);
  background: transparent;
  outline: none;
}

.sheet textarea::placeholder {
  color: var(--quiet);
  opacity: 0.75;
}

.sheet textarea::selection {
  color: transparent;
  background: color-mix(in srgb, var(--accent) 30%, transparent);
}

.ink .known {
  color: color-mix(in srgb, var(--accent) 82%, var(--text));
  background: color-mix(in srgb, var(--accent) 13%, transparent);
  border-radius: 3px;
}

.ink .unknown {
  color: var(--bad);
  text-decoration: underline wavy 1px;
  text-underline-offset: 3px;
  background: color-mix(in srgb, var(--bad) 12%, transparent);
  border-radius: 3px;
}

.wrong li {
  margin-top: 0.3rem;
  font-size: 0.8rem;
  color: var(--bad);
}

.chips {
  display: flex;
  flex-wrap: wrap;
  gap: 0.3rem;
  margin-top: 0.4rem;
}

.chips button {
  padding: 0.05rem 0.45rem;
  font: inherit;
  font-size: 0.75rem;
  color: color-mix(in srgb, var(--accent) 82%, var(--text));
  cursor: pointer;
  background: color-mix(in srgb, var(--accent) 11%, transparent);
  border: 0;
  border-radius: 0.4rem;
}

.chips button:hover {
  background: color-mix(in srgb, var(--accent) 22%, transparent);
}

.grasp-prompt details {
  margin-top: 0.4rem;
  font-size: 0.8rem;
}

.grasp-prompt summary {
  width: fit-content;
  color: var(--quiet);
  cursor: pointer;
}

.source {
  margin: 0.3rem 0 !important;
  font-size: 0.75rem;
  color: var(--quiet);
}

.sample {
  max-height: 16rem;
  padding: 0.5rem 0.7rem !important;
  overflow-y: auto;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
  border-left: 2px solid var(--line);
}

.names {
  position: fixed;
  inset: auto;
  min-width: 9rem;
  max-width: 22rem;
  max-height: 14rem;
  padding: 0.25rem !important;
  margin: 0;
  overflow-y: auto;
  font-family: var(--st-font, system-ui, sans-serif);
  font-size: 0.85rem;
  color: var(--text);
  background: color-mix(in srgb, #fff 6%, var(--back));
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  box-shadow: 0 2px 4px rgb(15 18 30 / 8%), 0 12px 34px rgb(15 18 30 / 18%);
}

.names li {
  padding: 0.25rem 0.55rem;
  overflow: hidden;
  text-overflow: ellipsis;
  cursor: pointer;
  border-radius: 0.35rem;
}

.names li[aria-selected="true"] {
  color: var(--back);
  background: var(--accent);
}
`;var W=400,q=3e3,w=new WeakMap;function F({data:i,parentElement:e,setTriggerValue:t}){let r=new m(crypto.getRandomValues(new Uint32Array(2)).join("-"),i.text),n=0,o=d=>{clearTimeout(n),n=setTimeout(s,d)},s=()=>{clearTimeout(n);let d=r.letter();d&&(h.tell(d),o(q))},p=new g({typed:d=>{r.type(d),o(W)},left:()=>{r.isUnsent&&s()}}),a=document.createElement("style");a.textContent=P,e.append(a,p.root),p.write(i.text);let h={editor:p,sync:r,stop:()=>{r.isUnsent&&s(),clearTimeout(n),a.remove(),p.root.remove()},tell:d=>t("letter",d)};return h}function V(i){let{data:e,parentElement:t,setTriggerValue:r}=i,n=w.get(t);n||w.set(t,n=F(i)),n.tell=s=>r("letter",s),n.editor.show(e),n.sync.receive(e.text,e.receipt)&&n.editor.write(e.text);let{stop:o}=n;return N(t,()=>{w.delete(t),o()})}export{V as default};
