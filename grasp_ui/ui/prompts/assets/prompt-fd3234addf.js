var P={plain:/\{([\p{L}\p{N}_.]*)$/u,jinja:/\{\{\s*([\p{L}\p{N}_.]*)$/u},M=/^[\p{L}\p{N}_.]*/u;function y(i,t,e){let r=P[e?"jinja":"plain"].exec(i.slice(0,t));if(!r)return null;let n=r[1]??"",o=M.exec(i.slice(t))?.[0]??"",s=i[t+o.length]==="}";return{from:t-n.length,to:s?t+o.length:t,typed:n}}function k(i,t){let e=t.toLowerCase(),r=i.filter(o=>o.toLowerCase().startsWith(e)),n=i.filter(o=>o.toLowerCase().includes(e)&&!r.includes(o));return[...r,...n]}function E(i,t,e,r){let n=r?" }}":"}",o=i.slice(t.to).trimStart().startsWith(n.trim())?"":n;return{from:t.from,to:t.to,text:e+o}}var j=/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;function T(i){let t=i.match(j)?.length??0;return Math.ceil((i.length-t)/4)+t}var L=/\{([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\}/gu,$=/\{\{(.*?)\}\}|\{%(.*?)%\}/gsu;function A(i,{known:t,open:e,jinja:r}){let n=new Set(t.map(c)),o=[],s=0,p=a=>{a>s&&o.push({text:i.slice(s,a),kind:"plain",name:""})};for(let a of i.matchAll(r?$:L)){p(a.index);let f=(a[1]??a[2]??"").trim(),h=r||e||n.has(c(f))?"known":"unknown";o.push({text:a[0],kind:h,name:f}),s=a.index+a[0].length}return p(i.length),o}function S(i,{known:t,problems:e}){let r=new Set(i.filter(({kind:o})=>o==="unknown").map(({name:o})=>o)),n=o=>e.some(s=>s.includes(`'${c(o)}'`));return[...r].filter(o=>!n(o)).map(o=>{let s=D(c(o),t),p=s?`Did you mean '${s}'?`:"Nothing before this node writes it.";return`There is no variable '${c(o)}'. ${p}`})}function R(i,t){return i.replace(L,(e,r)=>{let n=O(t,r.split("."));return n===void 0?e:typeof n=="string"?n:v(n)})}function O(i,t){let e=i;for(let r of t){if(typeof e!="object"||e===null||!Object.hasOwn(e,r))return;e=e[r]}return e}function v(i){return Array.isArray(i)?`[${i.map(v).join(", ")}]`:typeof i!="object"||i===null?JSON.stringify(i):`{${Object.entries(i).map(([e,r])=>`${JSON.stringify(e)}: ${v(r)}`).join(", ")}}`}function c(i){return i.split(".")[0]??i}function D(i,t){let e=Math.min(3,Math.ceil(i.length/2));return t.map(n=>({other:n,steps:_(i,n)})).filter(({steps:n})=>n<e).toSorted((n,o)=>n.steps-o.steps)[0]?.other??""}function _(i,t){let e=Array.from({length:t.length+1},(r,n)=>n);for(let r=1;r<=i.length;r+=1){let n=[r];for(let o=1;o<=t.length;o+=1){let s=(e[o-1]??0)+(i[r-1]===t[o-1]?0:1);n.push(Math.min(s,(e[o]??0)+1,(n[o-1]??0)+1))}e=n}return e[t.length]??0}var z=50,C=0,u=class{constructor(t,e){this.area=t;this.choose=e;C+=1,this.list.id=`names-${C}`,this.list.className="names",this.list.popover="manual",this.list.setAttribute("role","listbox"),this.list.setAttribute("aria-label","Variables"),t.setAttribute("aria-autocomplete","list"),t.setAttribute("aria-controls",this.list.id),this.list.addEventListener("pointerdown",r=>r.preventDefault()),this.list.addEventListener("click",r=>{let n=r.target.closest("li")?.dataset.name;n&&this.choose(n)})}area;choose;list=document.createElement("ul");place=null;names=[];at=0;get isOpen(){return this.place!==null}get chosen(){return this.names[this.at]??""}show(t,e,r){if(this.names=k(e,t.typed).slice(0,z),this.names.length===0||this.names.length===1&&this.names[0]===t.typed){this.hide();return}this.place=t,this.at=0,this.draw(),this.list.showPopover();let{offsetHeight:n,offsetWidth:o}=this.list,s=r.bottom+n+4<globalThis.innerHeight;this.list.style.top=`${s?r.bottom+4:Math.max(4,r.top-n-4)}px`,this.list.style.left=`${Math.max(4,Math.min(r.left,globalThis.innerWidth-o-8))}px`}hide(){this.place=null,this.area.removeAttribute("aria-activedescendant"),this.list.matches(":popover-open")&&this.list.hidePopover()}move(t){this.at=(this.at+t+this.names.length)%this.names.length,this.draw(),this.list.children[this.at]?.scrollIntoView({block:"nearest"})}draw(){let t=this.names.map((e,r)=>{let n=document.createElement("li");return n.id=`${this.list.id}-${r}`,n.dataset.name=e,n.textContent=e,n.setAttribute("role","option"),n.setAttribute("aria-selected",String(r===this.at)),n});this.list.replaceChildren(...t),this.area.setAttribute("aria-activedescendant",`${this.list.id}-${this.at}`)}};var m=class{constructor(t,e){this.client=t;this.text=e}client;text;number=0;sent=null;isDirty=!1;get isUnsent(){return this.isDirty}get isUnheard(){return this.sent!==null}type(t){t!==this.text&&(this.text=t,this.isDirty=!0)}letter(){return this.isDirty&&(this.number+=1,this.sent={client:this.client,number:this.number,text:this.text},this.isDirty=!1),this.sent}receive(t,e){return this.sent&&e.client===this.client&&e.heard>=this.sent.number&&(this.sent=null),this.isDirty||this.sent||t===this.text?!1:(this.text=t,!0)}};function b(i,t,e){let r=Math.min(t.length,e.length),n=0;for(;n<r&&t[n]===e[n];)n+=1;if(i<=n)return i;let o=0;for(;o<r-n&&t.at(-1-o)===e.at(-1-o);)o+=1;return i>=t.length-o?e.length-(t.length-i):e.length-o}var x=0,g=class{constructor(t){this.ears=t;x+=1,this.area.id=`prompt-${x}`,this.wrong.id=`wrong-${x}`,this.label.htmlFor=this.area.id,this.area.rows=1,this.area.dir=this.ink.dir="auto",this.area.spellcheck=!1,this.area.placeholder="{ names a variable",this.area.setAttribute("aria-describedby",this.wrong.id),this.wrong.setAttribute("role","status"),this.ink.setAttribute("aria-hidden","true"),this.popup=new u(this.area,e=>this.complete(e)),this.build(),this.listen()}ears;root=l("div","grasp-prompt");label=document.createElement("label");help=l("span","help");box=l("div","box");ink=l("div","ink");area=document.createElement("textarea");wrong=l("ul","wrong");count=l("span","count");chips=l("div","chips");preview=document.createElement("details");source=l("p","source");sample=l("p","sample");popup;shown={label:"",help:"",problems:[],known:[],open:!0,jinja:!1,sample:null};get text(){return this.area.value}get hasFocus(){return this.area.getRootNode().activeElement===this.area}write(t){let{selectionStart:e,selectionEnd:r,value:n}=this.area;t!==n&&(this.popup.hide(),this.area.value=t,this.hasFocus&&this.area.setSelectionRange(b(e,n,t),b(r,n,t)),this.draw())}show(t){this.shown=t,this.label.textContent=t.label,this.help.title=t.help,this.help.hidden=!t.help,this.source.textContent=t.sample?.source??"",this.chips.replaceChildren(...t.known.map(e=>this.chip(e))),this.draw()}build(){let t=l("div","head");this.help.textContent="?",t.append(this.label,this.help,this.count);let e=l("div","sheet");e.append(this.ink,this.area),this.box.append(e);let r=document.createElement("summary");r.textContent="Preview",this.sample.dir="auto",this.preview.append(r,this.source,this.sample),this.root.append(t,this.box,this.wrong,this.chips,this.preview,this.popup.list)}listen(){this.area.addEventListener("input",()=>{this.draw(),this.suggest(),this.ears.typed(this.text)}),this.area.addEventListener("blur",()=>{this.popup.hide(),this.ears.left()}),this.area.addEventListener("click",()=>this.popup.hide()),this.box.addEventListener("scroll",()=>this.popup.hide()),this.preview.addEventListener("toggle",()=>this.drawPreview()),this.root.addEventListener("keydown",t=>this.press(t))}press(t){if(t.stopPropagation(),t.isComposing||t.target!==this.area)return;let e=t.ctrlKey||t.metaKey;if(t.key==="Enter"&&e)this.ears.left();else if(t.key===" "&&t.ctrlKey)this.suggest();else if(!this.popup.isOpen||!this.steer(t))return;t.preventDefault()}steer({key:t,shiftKey:e}){if(t==="ArrowDown"||t==="ArrowUp")this.popup.move(t==="ArrowDown"?1:-1);else if((t==="Enter"||t==="Tab")&&!e)this.complete(this.popup.chosen);else if(t==="Escape")this.popup.hide();else return["ArrowLeft","ArrowRight","Home","End","PageUp","PageDown"].includes(t)&&this.popup.hide(),!1;return!0}suggest(){let t=this.area.selectionStart,e=y(this.text,t,this.shown.jinja);e&&t===this.area.selectionEnd?this.popup.show(e,this.shown.known,this.rectOf(e.from)):this.popup.hide()}complete(t){let{place:e}=this.popup;e&&this.put(E(this.text,e,t,this.shown.jinja)),this.popup.hide()}chip(t){let e=document.createElement("button");return e.type="button",e.tabIndex=-1,e.textContent=t,e.title=`Insert {${t}}`,e.addEventListener("pointerdown",r=>r.preventDefault()),e.addEventListener("click",()=>{let r=this.shown.jinja?`{{ ${t} }}`:`{${t}}`;this.put({from:this.area.selectionStart,to:this.area.selectionEnd,text:r})}),e}put({from:t,to:e,text:r}){this.area.focus(),this.area.setSelectionRange(t,e),!document.execCommand("insertText",!1,r)&&(this.area.setRangeText(r,t,e,"end"),this.area.dispatchEvent(new Event("input")))}draw(){let t=A(this.text,this.shown);this.ink.replaceChildren(...t.map(H),"​");let e=[...this.shown.problems,...S(t,this.shown)];this.wrong.replaceChildren(...e.map(r=>K(r))),this.area.setAttribute("aria-invalid",String(e.length>0)),this.chips.hidden=!this.text,this.preview.hidden=!this.shown.sample||this.shown.jinja||t.every(({kind:r})=>r==="plain"),this.count.textContent=this.text?`about ${T(this.text)} tokens`:"",this.drawPreview()}drawPreview(){this.preview.open&&(this.sample.textContent=R(this.text,this.shown.sample?.values??{}))}rectOf(t){let e=document.createRange(),r=t,n=document.createTreeWalker(this.ink,NodeFilter.SHOW_TEXT);for(let o=n.nextNode();o;o=n.nextNode()){if(r<=o.length)return e.setStart(o,r),e.setEnd(o,r),e.getBoundingClientRect();r-=o.length}return this.area.getBoundingClientRect()}};function l(i,t){let e=document.createElement(i);return e.className=t,e}function H({text:i,kind:t}){if(t==="plain")return document.createTextNode(i);let e=l("span",t);return e.textContent=i,e}function K(i){let t=document.createElement("li");return t.textContent=i,t}var N=`/* Everything is mixed from Streamlit's own colours, so light and dark follow at once. */
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
`;var I=400,W=3e3,w=new WeakMap;function q({data:i,parentElement:t,setTriggerValue:e}){let r=new m(crypto.getRandomValues(new Uint32Array(2)).join("-"),i.text),n=0,o=d=>{clearTimeout(n),n=setTimeout(s,d)},s=()=>{clearTimeout(n);let d=r.letter();d&&(h.tell(d),o(W))},p=new g({typed:d=>{r.type(d),o(I)},left:()=>{r.isUnsent&&s()}}),a=document.createElement("style");a.textContent=N,t.append(a,p.root),p.write(i.text);let h={editor:p,sync:r,stop:()=>{r.isUnsent&&s(),clearTimeout(n),a.remove(),p.root.remove()},tell:d=>e("letter",d)};return h}function F(i){let{data:t,parentElement:e,setTriggerValue:r}=i,n=w.get(e);n||w.set(e,n=q(i)),n.tell=s=>r("letter",s),n.editor.show(t),n.sync.receive(t.text,t.receipt)&&n.editor.write(t.text);let{stop:o}=n;return()=>{w.delete(e),o()}}export{F as default};
