var _={plain:/\{([\p{L}\p{N}_.]*)$/u,jinja:/\{\{\s*([\p{L}\p{N}_.]*)$/u},H=/^[\p{L}\p{N}_]+$/u,z=/^[\p{L}\p{N}_.]*/u;function k(i,t,e){let n=_[e?"jinja":"plain"].exec(i.slice(0,t));if(!n)return null;let r=n[1]??"",o=z.exec(i.slice(t))?.[0]??"",s=i[t+o.length]==="}";return{from:t-r.length,to:s?t+o.length:t,typed:r}}function w(i,t){let e=t.toLowerCase(),n=i.filter(o=>o.toLowerCase().startsWith(e)),r=i.filter(o=>o.toLowerCase().includes(e)&&!n.includes(o));return[...n,...r]}function E({known:i,parts:t},e){let n=e.split(".").length,r=w(i,e),o=n>1?i:r.length===1?r:[],s=Math.max(2,n);return[...r,...w(o.flatMap(a=>T(a,t?.[a]??null,s)),e)]}function T(i,t,e){let n=i.split(".").length>=e;return!t||n?[]:Object.entries(t).filter(([r])=>H.test(r)).flatMap(([r,o])=>[`${i}.${r}`,...T(`${i}.${r}`,o,e)])}function $(i,t,e,n){let r=n?" }}":"}",o=i.slice(t.to).trimStart().startsWith(r.trim())?"":r;return{from:t.from,to:t.to,text:e+o}}var K=/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;function L(i){let t=i.match(K)?.length??0;return Math.ceil((i.length-t)/4)+t}var N=/\{([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\}/gu,W=/\{\{(.*?)\}\}|\{%(.*?)%\}/gsu;function A(i,{known:t,open:e,jinja:n,parts:r={}}){let o=new Set(t.map(u)),s=[],a=0,c=l=>{l>a&&s.push({text:i.slice(a,l),kind:"plain",name:""})};for(let l of i.matchAll(n?W:N)){c(l.index);let h=(l[1]??l[2]??"").trim(),D=n||e&&!o.has(u(h))||o.has(u(h))&&!O(h,r)?"known":"unknown";s.push({text:l[0],kind:D,name:h}),a=l.index+l[0].length}return c(i.length),s}function R(i,{known:t,parts:e={},problems:n}){let r=new Set(i.filter(({kind:s})=>s==="unknown").map(({name:s})=>s)),o=s=>n.some(a=>a.includes(`'${u(s)}'`));return[...r].filter(s=>!o(s)).map(s=>{let a=t.includes(u(s))&&O(s,e);if(a)return a;let c=j(u(s),t),l=c?`Did you mean '${c}'?`:"Nothing before this node writes it.";return`There is no variable '${u(s)}'. ${l}`})}function S(i,t){return i.replace(N,(e,n)=>{let r=F(t,n.split("."));return r===void 0?e:typeof r=="string"?r:b(r)})}function F(i,t){let e=i;for(let n of t){if(typeof e!="object"||e===null||!Object.hasOwn(e,n))return;e=e[n]}return e}function b(i){return Array.isArray(i)?`[${i.map(b).join(", ")}]`:typeof i!="object"||i===null?JSON.stringify(i):`{${Object.entries(i).map(([e,n])=>`${JSON.stringify(e)}: ${b(n)}`).join(", ")}}`}function O(i,t){let[e="",...n]=i.split("."),[r,o]=[t[e]??null,e];for(let s of n){if(!r||Object.hasOwn(r,"*")&&!Object.hasOwn(r,s))return"";let a=/^\d+$/u.test(s)&&Object.hasOwn(r,"0");if(!a&&!Object.hasOwn(r,s))return I(o,s,Object.keys(r));r=r[a?"0":s]??null,o=`${o}.${s}`}return""}function I(i,t,e){if(e.length===0)return`'${i}' is a text or a number: it has no part '${t}'.`;let n=j(t,e),r=n?`Did you mean '${i}.${n}'?`:`Known: ${e.slice(0,8).join(", ")}.`;return`No part '${t}' of '${i}' is known. ${r}`}function u(i){return i.split(".")[0]??i}function j(i,t){let e=Math.min(3,Math.ceil(i.length/2));return t.map(r=>({other:r,steps:U(i,r)})).filter(({steps:r})=>r<e).toSorted((r,o)=>r.steps-o.steps)[0]?.other??""}function U(i,t){let e=Array.from({length:t.length+1},(n,r)=>r);for(let n=1;n<=i.length;n+=1){let r=[n];for(let o=1;o<=t.length;o+=1){let s=(e[o-1]??0)+(i[n-1]===t[o-1]?0:1);r.push(Math.min(s,(e[o]??0)+1,(r[o-1]??0)+1))}e=r}return e[t.length]??0}var q=50,C=0,m=class{constructor(t,e){this.area=t;this.choose=e;C+=1,this.list.id=`names-${C}`,this.list.className="names",this.list.popover="manual",this.list.setAttribute("role","listbox"),this.list.setAttribute("aria-label","Variables"),t.setAttribute("aria-autocomplete","list"),t.setAttribute("aria-controls",this.list.id),this.list.addEventListener("pointerdown",n=>n.preventDefault()),this.list.addEventListener("click",n=>{let r=n.target.closest("li")?.dataset.name;r&&this.choose(r)})}area;choose;list=document.createElement("ul");place=null;names=[];at=0;get isOpen(){return this.place!==null}get chosen(){return this.names[this.at]??""}show(t,e,n){if(this.names=E(e,t.typed).slice(0,q),this.names.length===0||this.names.length===1&&this.names[0]===t.typed){this.hide();return}this.place=t,this.at=0,this.draw(),this.list.showPopover();let{offsetHeight:r,offsetWidth:o}=this.list,s=n.bottom+r+4<globalThis.innerHeight;this.list.style.top=`${s?n.bottom+4:Math.max(4,n.top-r-4)}px`,this.list.style.left=`${Math.max(4,Math.min(n.left,globalThis.innerWidth-o-8))}px`}hide(){this.place=null,this.area.removeAttribute("aria-activedescendant"),this.list.matches(":popover-open")&&this.list.hidePopover()}move(t){this.at=(this.at+t+this.names.length)%this.names.length,this.draw(),this.list.children[this.at]?.scrollIntoView({block:"nearest"})}draw(){let t=this.names.map((e,n)=>{let r=document.createElement("li");return r.id=`${this.list.id}-${n}`,r.dataset.name=e,r.textContent=e,r.setAttribute("role","option"),r.setAttribute("aria-selected",String(n===this.at)),r});this.list.replaceChildren(...t),this.area.setAttribute("aria-activedescendant",`${this.list.id}-${this.at}`)}};var g=class{constructor(t,e){this.client=t;this.text=e}client;text;number=0;sent=null;isDirty=!1;get isUnsent(){return this.isDirty}get isUnheard(){return this.sent!==null}type(t){t!==this.text&&(this.text=t,this.isDirty=!0)}letter(){return this.isDirty&&(this.number+=1,this.sent={client:this.client,number:this.number,text:this.text},this.isDirty=!1),this.sent}receive(t,e){return this.sent&&e.client===this.client&&e.heard>=this.sent.number&&(this.sent=null),this.isDirty||this.sent||t===this.text?!1:(this.text=t,!0)}};function v(i,t,e){let n=Math.min(t.length,e.length),r=0;for(;r<n&&t[r]===e[r];)r+=1;if(i<=r)return i;let o=0;for(;o<n-r&&t.at(-1-o)===e.at(-1-o);)o+=1;return i>=t.length-o?e.length-(t.length-i):e.length-o}var x=0,f=class{constructor(t){this.ears=t;x+=1,this.area.id=`prompt-${x}`,this.wrong.id=`wrong-${x}`,this.label.htmlFor=this.area.id,this.area.rows=1,this.area.dir=this.ink.dir="auto",this.area.spellcheck=!1,this.area.placeholder="{ names a variable",this.area.setAttribute("aria-describedby",this.wrong.id),this.wrong.setAttribute("role","status"),this.ink.setAttribute("aria-hidden","true"),this.popup=new m(this.area,e=>this.complete(e)),this.build(),this.listen()}ears;root=p("div","grasp-prompt");label=document.createElement("label");help=p("span","help");box=p("div","box");ink=p("div","ink");area=document.createElement("textarea");wrong=p("ul","wrong");count=p("span","count");chips=p("div","chips");preview=document.createElement("details");source=p("p","source");sample=p("p","sample");popup;shown={label:"",help:"",problems:[],known:[],open:!0,jinja:!1,sample:null};get text(){return this.area.value}get hasFocus(){return this.area.getRootNode().activeElement===this.area}write(t){let{selectionStart:e,selectionEnd:n,value:r}=this.area;t!==r&&(this.popup.hide(),this.area.value=t,this.hasFocus&&this.area.setSelectionRange(v(e,r,t),v(n,r,t)),this.draw())}show(t){this.shown=t,this.label.textContent=t.label,this.help.title=t.help,this.help.hidden=!t.help,this.source.textContent=t.sample?.source??"",this.chips.replaceChildren(...t.known.map(e=>this.chip(e))),this.draw()}build(){let t=p("div","head");this.help.textContent="?",t.append(this.label,this.help,this.count);let e=p("div","sheet");e.append(this.ink,this.area),this.box.append(e);let n=document.createElement("summary");n.textContent="Preview",this.sample.dir="auto",this.preview.append(n,this.source,this.sample),this.root.append(t,this.box,this.wrong,this.chips,this.preview,this.popup.list)}listen(){this.area.addEventListener("input",()=>{this.draw(),this.suggest(),this.ears.typed(this.text)}),this.area.addEventListener("blur",()=>{this.popup.hide(),this.ears.left()}),this.area.addEventListener("click",()=>this.popup.hide()),this.box.addEventListener("scroll",()=>this.popup.hide()),this.preview.addEventListener("toggle",()=>this.drawPreview()),this.root.addEventListener("keydown",t=>this.press(t))}press(t){if(t.stopPropagation(),t.isComposing||t.target!==this.area)return;let e=t.ctrlKey||t.metaKey;if(t.key==="Enter"&&e)this.ears.left();else if(t.key===" "&&t.ctrlKey)this.suggest();else if(!this.popup.isOpen||!this.steer(t))return;t.preventDefault()}steer({key:t,shiftKey:e}){if(t==="ArrowDown"||t==="ArrowUp")this.popup.move(t==="ArrowDown"?1:-1);else if((t==="Enter"||t==="Tab")&&!e)this.complete(this.popup.chosen);else if(t==="Escape")this.popup.hide();else return["ArrowLeft","ArrowRight","Home","End","PageUp","PageDown"].includes(t)&&this.popup.hide(),!1;return!0}suggest(){let t=this.area.selectionStart,e=k(this.text,t,this.shown.jinja);e&&t===this.area.selectionEnd?this.popup.show(e,this.shown,this.rectOf(e.from)):this.popup.hide()}complete(t){let{place:e}=this.popup;e&&this.put($(this.text,e,t,this.shown.jinja)),this.popup.hide()}chip(t){let e=document.createElement("button");return e.type="button",e.tabIndex=-1,e.textContent=t,e.title=`Insert {${t}}`,e.addEventListener("pointerdown",n=>n.preventDefault()),e.addEventListener("click",()=>{let n=this.shown.jinja?`{{ ${t} }}`:`{${t}}`;this.put({from:this.area.selectionStart,to:this.area.selectionEnd,text:n})}),e}put({from:t,to:e,text:n}){this.area.focus(),this.area.setSelectionRange(t,e),!document.execCommand("insertText",!1,n)&&(this.area.setRangeText(n,t,e,"end"),this.area.dispatchEvent(new Event("input")))}draw(){let t=A(this.text,this.shown);this.ink.replaceChildren(...t.map(B),"​");let e=[...this.shown.problems,...R(t,this.shown)];this.wrong.replaceChildren(...e.map(n=>V(n))),this.area.setAttribute("aria-invalid",String(e.length>0)),this.chips.hidden=!this.text,this.preview.hidden=!this.shown.sample||this.shown.jinja||t.every(({kind:n})=>n==="plain"),this.count.textContent=this.text?`about ${L(this.text)} tokens`:"",this.drawPreview()}drawPreview(){this.preview.open&&(this.sample.textContent=S(this.text,this.shown.sample?.values??{}))}rectOf(t){let e=document.createRange(),n=t,r=document.createTreeWalker(this.ink,NodeFilter.SHOW_TEXT);for(let o=r.nextNode();o;o=r.nextNode()){if(n<=o.length)return e.setStart(o,n),e.setEnd(o,n),e.getBoundingClientRect();n-=o.length}return this.area.getBoundingClientRect()}};function p(i,t){let e=document.createElement(i);return e.className=t,e}function B({text:i,kind:t}){if(t==="plain")return document.createTextNode(i);let e=p("span",t);return e.textContent=i,e}function V(i){let t=document.createElement("li");return t.textContent=i,t}function M(i,t){return()=>{i.isConnected||t()}}var P=`/* Everything is mixed from Streamlit's own colours, so light and dark follow at once. */
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
`;var G=400,X=3e3,y=new WeakMap;function Q({data:i,parentElement:t,setTriggerValue:e}){let n=new g(crypto.getRandomValues(new Uint32Array(2)).join("-"),i.text),r=0,o=d=>{clearTimeout(r),r=setTimeout(s,d)},s=()=>{clearTimeout(r);let d=n.letter();d&&(h.tell(d),o(X))},a=new f({typed:d=>{n.type(d),o(G)},left:()=>{n.isUnsent&&s()}}),c=document.createElement("style");c.textContent=P,t.append(c,a.root),a.write(i.text);let h={editor:a,sync:n,stop:()=>{n.isUnsent&&s(),clearTimeout(r),c.remove(),a.root.remove()},tell:d=>e("letter",d)};return h}function Y(i){let{data:t,parentElement:e,setTriggerValue:n}=i,r=y.get(e);r||y.set(e,r=Q(i)),r.tell=s=>n("letter",s),r.editor.show(t),r.sync.receive(t.text,t.receipt)&&r.editor.write(t.text);let{stop:o}=r;return M(e,()=>{y.delete(e),o()})}export{Y as default};
