var W={plain:/\{([\p{L}\p{N}_.]*)$/u,jinja:/\{\{\s*([\p{L}\p{N}_.]*)$/u},F=/^[\p{L}\p{N}_]+$/u,q=/^[\p{L}\p{N}_.]*/u;function $(i,e,t){let n=W[t?"jinja":"plain"].exec(i.slice(0,e));if(!n)return null;let r=n[1]??"",s=q.exec(i.slice(e))?.[0]??"",o=i[e+s.length]==="}";return{from:e-r.length,to:o?e+s.length:e,typed:r}}function L(i,e){let t=e.toLowerCase(),n=i.filter(s=>s.toLowerCase().startsWith(t)),r=i.filter(s=>s.toLowerCase().includes(t)&&!n.includes(s));return[...n,...r]}function N({known:i,parts:e},t){let n=t.split(".").length,r=L(i,t),s=n>1?i:r.length===1?r:[],o=Math.max(2,n);return[...r,...L(s.flatMap(a=>R(a,e?.[a]??null,o)),t)]}function R(i,e,t){let n=i.split(".").length>=t;return!e||n?[]:Object.entries(e).filter(([r])=>F.test(r)).flatMap(([r,s])=>[`${i}.${r}`,...R(`${i}.${r}`,s,t)])}function S(i,e,t,n){let r=n?" }}":"}",s=i.slice(e.to).trimStart().startsWith(r.trim())?"":r;return{from:e.from,to:e.to,text:t+s}}var B=/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;function O(i){let e=i.match(B)?.length??0;return Math.ceil((i.length-e)/4)+e}function d(i,e){let t=document.createElement(i);return t.className=e,t}var P=/\{([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\}/gu,V=/\{\{(.*?)\}\}|\{%(.*?)%\}/gsu;function j(i,{known:e,open:t,jinja:n,parts:r={}}){let s=new Set(e.map(u)),o=[],a=0,p=l=>{l>a&&o.push({text:i.slice(a,l),kind:"plain",name:""})};for(let l of i.matchAll(n?V:P)){p(l.index);let h=(l[1]??l[2]??"").trim(),f=n||t&&!s.has(u(h))||s.has(u(h))&&!D(h,r)?"known":"unknown";o.push({text:l[0],kind:f,name:h}),a=l.index+l[0].length}return p(i.length),o}function C(i,{known:e,parts:t={},problems:n}){let r=new Set(i.filter(({kind:o})=>o==="unknown").map(({name:o})=>o)),s=o=>n.some(a=>a.includes(`'${u(o)}'`));return[...r].filter(o=>!s(o)).map(o=>{let a=e.includes(u(o))&&D(o,t);if(a)return a;let p=_(u(o),e),l=p?`Did you mean '${p}'?`:"Nothing before this node writes it.";return`There is no variable '${u(o)}'. ${l}`})}function M(i,e){return i.replace(P,(t,n)=>{let r=G(e,n.split("."));return r===void 0?t:typeof r=="string"?r:k(r)})}function G(i,e){let t=i;for(let n of e){if(typeof t!="object"||t===null||!Object.hasOwn(t,n))return;t=t[n]}return t}function k(i){return Array.isArray(i)?`[${i.map(k).join(", ")}]`:typeof i!="object"||i===null?JSON.stringify(i):`{${Object.entries(i).map(([t,n])=>`${JSON.stringify(t)}: ${k(n)}`).join(", ")}}`}function D(i,e){let[t="",...n]=i.split("."),[r,s]=[e[t]??null,t];for(let o of n){if(!r||Object.hasOwn(r,"*")&&!Object.hasOwn(r,o))return"";let a=/^\d+$/u.test(o)&&Object.hasOwn(r,"0");if(!a&&!Object.hasOwn(r,o))return J(s,o,Object.keys(r));r=r[a?"0":o]??null,s=`${s}.${o}`}return""}function J(i,e,t){if(t.length===0)return`'${i}' is a text or a number: it has no part '${e}'.`;let n=_(e,t),r=n?`Did you mean '${i}.${n}'?`:`Known: ${t.slice(0,8).join(", ")}.`;return`No part '${e}' of '${i}' is known. ${r}`}function u(i){return i.split(".")[0]??i}function _(i,e){let t=Math.min(3,Math.ceil(i.length/2));return e.map(r=>({other:r,steps:X(i,r)})).filter(({steps:r})=>r<t).toSorted((r,s)=>r.steps-s.steps)[0]?.other??""}function X(i,e){let t=Array.from({length:e.length+1},(n,r)=>r);for(let n=1;n<=i.length;n+=1){let r=[n];for(let s=1;s<=e.length;s+=1){let o=(t[s-1]??0)+(i[n-1]===e[s-1]?0:1);r.push(Math.min(o,(t[s]??0)+1,(r[s-1]??0)+1))}t=r}return t[e.length]??0}var Q=50,H=0,b=class{constructor(e,t){this.area=e;this.choose=t;H+=1,this.list.id=`names-${H}`,this.list.className="names",this.list.popover="manual",this.list.setAttribute("role","listbox"),this.list.setAttribute("aria-label","Variables"),e.setAttribute("aria-autocomplete","list"),e.setAttribute("aria-controls",this.list.id),this.list.addEventListener("pointerdown",n=>n.preventDefault()),this.list.addEventListener("click",n=>{let r=n.target.closest("li")?.dataset.name;r&&this.choose(r)})}area;choose;list=document.createElement("ul");place=null;names=[];at=0;get isOpen(){return this.place!==null}get chosen(){return this.names[this.at]??""}show(e,t,n){if(this.names=N(t,e.typed).slice(0,Q),this.names.length===0||this.names.length===1&&this.names[0]===e.typed){this.hide();return}this.place=e,this.at=0,this.draw(),this.list.showPopover();let{offsetHeight:r,offsetWidth:s}=this.list,o=n.bottom+r+4<globalThis.innerHeight;this.list.style.top=`${o?n.bottom+4:Math.max(4,n.top-r-4)}px`,this.list.style.left=`${Math.max(4,Math.min(n.left,globalThis.innerWidth-s-8))}px`}hide(){this.place=null,this.area.removeAttribute("aria-activedescendant"),this.list.matches(":popover-open")&&this.list.hidePopover()}move(e){this.at=(this.at+e+this.names.length)%this.names.length,this.draw(),this.list.children[this.at]?.scrollIntoView({block:"nearest"})}draw(){let e=this.names.map((t,n)=>{let r=document.createElement("li");return r.id=`${this.list.id}-${n}`,r.dataset.name=t,r.textContent=t,r.setAttribute("role","option"),r.setAttribute("aria-selected",String(n===this.at)),r});this.list.replaceChildren(...e),this.area.setAttribute("aria-activedescendant",`${this.list.id}-${this.at}`)}};var v=class{constructor(e,t){this.client=e;this.text=t}client;text;number=0;sent=null;isDirty=!1;get isUnsent(){return this.isDirty}get isUnheard(){return this.sent!==null}type(e){e!==this.text&&(this.text=e,this.isDirty=!0)}letter(){return this.isDirty&&(this.number+=1,this.sent={client:this.client,number:this.number,text:this.text},this.isDirty=!1),this.sent}receive(e,t){return this.sent&&t.client===this.client&&t.heard>=this.sent.number&&(this.sent=null),this.isDirty||this.sent||e===this.text?!1:(this.text=e,!0)}};function E(i,e,t){let n=Math.min(e.length,t.length),r=0;for(;r<n&&e[r]===t[r];)r+=1;if(i<=r)return i;let s=0;for(;s<n-r&&e.at(-1-s)===t.at(-1-s);)s+=1;return i>=e.length-s?t.length-(e.length-i):t.length-s}var Y=/^\s*\d{1,9}\s*$/u,y=class{constructor(e){this.ears=e;let t=document.createElement("label");t.append("Record ",this.field),this.field.type="text",this.field.inputMode="numeric",this.field.autocomplete="off",this.field.setAttribute("aria-label","Record number"),this.field.addEventListener("keydown",n=>this.press(n)),this.field.addEventListener("blur",()=>this.commit()),this.root.append(this.back,t,this.on)}ears;root=d("div","turner");back=this.arrow("‹","Previous record",-1);field=document.createElement("input");on=this.arrow("›","Next record",1);shown="";show({record:e,is_first:t,is_last:n}){let r=this.field.value!==this.shown;this.shown=String(e),r||(this.field.value=this.shown),this.back.setAttribute("aria-disabled",String(t)),this.on.setAttribute("aria-disabled",String(n))}press(e){let{key:t}=e;if(t==="Enter")this.commit();else if(t==="Escape")this.field.value=this.shown;else if(t==="ArrowUp"||t==="ArrowDown")this.ears.stepped(t==="ArrowUp"?1:-1);else return;e.preventDefault()}commit(){let{value:e}=this.field,t=Y.test(e)&&Number(e)!==Number(this.shown);this.field.value=this.shown,t&&this.ears.chosen(Number(e))}arrow(e,t,n){let r=document.createElement("button");return r.type="button",r.textContent=e,r.title=t,r.setAttribute("aria-label",t),r.addEventListener("click",()=>{r.getAttribute("aria-disabled")!=="true"&&this.ears.stepped(n)}),r}};var T=0,z=new Set,w=class{constructor(e){this.ears=e;T+=1,this.area.id=`prompt-${T}`,this.wrong.id=`wrong-${T}`,this.label.htmlFor=this.area.id,this.area.rows=1,this.area.dir=this.ink.dir="auto",this.area.spellcheck=!1,this.area.placeholder="{ names a variable",this.area.setAttribute("aria-describedby",this.wrong.id),this.wrong.setAttribute("role","status"),this.ink.setAttribute("aria-hidden","true"),this.turner=new y(e),this.popup=new b(this.area,t=>this.complete(t)),this.build(),this.listen()}ears;root=d("div","grasp-prompt");label=document.createElement("label");help=d("span","help");box=d("div","box");ink=d("div","ink");area=document.createElement("textarea");wrong=d("ul","wrong");count=d("span","count");chips=d("div","chips");preview=document.createElement("details");turner;source=d("p","source");sample=d("p","sample");popup;shown={label:"",help:"",problems:[],known:[],open:!0,jinja:!1,filled:null,sample:null};get text(){return this.area.value}get hasFocus(){return this.area.getRootNode().activeElement===this.area}get record(){return this.shown.sample?.record??0}write(e){let{selectionStart:t,selectionEnd:n,value:r}=this.area;e!==r&&(this.popup.hide(),this.area.value=e,this.hasFocus&&this.area.setSelectionRange(E(t,r,e),E(n,r,e)),this.draw())}show(e){!this.shown.label&&z.has(e.label)&&(this.preview.open=!0),this.shown=e,this.label.textContent=e.label,this.help.title=e.help,this.help.hidden=!e.help;let t=e.sample?.source??"";this.source.textContent!==t&&(this.source.textContent=t),e.sample&&this.turner.show(e.sample),this.chips.replaceChildren(...e.known.map(n=>this.chip(n))),this.draw()}build(){let e=d("div","head");this.help.textContent="?",e.append(this.label,this.help,this.count);let t=d("div","sheet");t.append(this.ink,this.area),this.box.append(t);let n=document.createElement("summary");n.textContent="Preview",this.sample.dir="auto",this.source.setAttribute("role","status"),this.preview.append(n,this.turner.root,this.source,this.sample),this.root.append(e,this.box,this.wrong,this.chips,this.preview,this.popup.list)}listen(){this.area.addEventListener("input",()=>{this.draw(),this.suggest(),this.ears.typed(this.text)}),this.area.addEventListener("blur",()=>{this.popup.hide(),this.ears.left()}),this.area.addEventListener("click",()=>this.popup.hide()),this.box.addEventListener("scroll",()=>this.popup.hide()),this.preview.addEventListener("toggle",()=>{z[this.preview.open?"add":"delete"](this.shown.label),this.drawPreview()}),this.root.addEventListener("keydown",e=>this.press(e))}press(e){if(e.stopPropagation(),e.isComposing||e.target!==this.area)return;let t=e.ctrlKey||e.metaKey;if(e.key==="Enter"&&t)this.ears.left();else if(e.key===" "&&e.ctrlKey)this.suggest();else if(!this.popup.isOpen||!this.steer(e))return;e.preventDefault()}steer({key:e,shiftKey:t}){if(e==="ArrowDown"||e==="ArrowUp")this.popup.move(e==="ArrowDown"?1:-1);else if((e==="Enter"||e==="Tab")&&!t)this.complete(this.popup.chosen);else if(e==="Escape")this.popup.hide();else return["ArrowLeft","ArrowRight","Home","End","PageUp","PageDown"].includes(e)&&this.popup.hide(),!1;return!0}suggest(){let e=this.area.selectionStart,t=$(this.text,e,this.shown.jinja);t&&e===this.area.selectionEnd?this.popup.show(t,this.shown,this.rectOf(t.from)):this.popup.hide()}complete(e){let{place:t}=this.popup;t&&this.put(S(this.text,t,e,this.shown.jinja)),this.popup.hide()}chip(e){let t=document.createElement("button");return t.type="button",t.tabIndex=-1,t.textContent=e,t.title=`Insert {${e}}`,t.addEventListener("pointerdown",n=>n.preventDefault()),t.addEventListener("click",()=>{let n=this.shown.jinja?`{{ ${e} }}`:`{${e}}`;this.put({from:this.area.selectionStart,to:this.area.selectionEnd,text:n})}),t}put({from:e,to:t,text:n}){this.area.focus(),this.area.setSelectionRange(e,t),!document.execCommand("insertText",!1,n)&&(this.area.setRangeText(n,e,t,"end"),this.area.dispatchEvent(new Event("input")))}draw(){let e=j(this.text,this.shown);this.ink.replaceChildren(...e.map(Z),"​");let t=[...this.shown.problems,...C(e,this.shown)];this.wrong.replaceChildren(...t.map(r=>ee(r))),this.area.setAttribute("aria-invalid",String(t.length>0)),this.chips.hidden=!this.text;let n=this.shown.jinja?this.shown.filled===null:e.every(({kind:r})=>r==="plain");this.preview.hidden=!this.shown.sample||n,this.count.textContent=this.text?`about ${O(this.text)} tokens`:"",this.drawPreview()}drawPreview(){this.preview.open&&(this.sample.textContent=this.shown.jinja?this.shown.filled:M(this.text,this.shown.sample?.values??{}))}rectOf(e){let t=document.createRange(),n=e,r=document.createTreeWalker(this.ink,NodeFilter.SHOW_TEXT);for(let s=r.nextNode();s;s=r.nextNode()){if(n<=s.length)return t.setStart(s,n),t.setEnd(s,n),t.getBoundingClientRect();n-=s.length}return this.area.getBoundingClientRect()}};function Z({text:i,kind:e}){if(e==="plain")return document.createTextNode(i);let t=d("span",e);return t.textContent=i,t}function ee(i){let e=document.createElement("li");return e.textContent=i,e}function K(i,e){return()=>{i.isConnected||e()}}var I=`/* Everything is mixed from Streamlit's own colours, so light and dark follow at once. */
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

.turner {
  display: flex;
  gap: 0.4rem;
  align-items: center;
  margin-top: 0.4rem;
}

.turner input {
  width: 4.5em;
  padding: 0.1rem 0.4rem;
  font: inherit;
  color: inherit;
  text-align: right;
  background: transparent;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
}

.turner button {
  width: 1.6rem;
  height: 1.6rem;
  padding: 0;
  font: inherit;
  font-size: 1rem;
  line-height: 1;
  color: inherit;
  cursor: pointer;
  background: transparent;
  border: 1px solid var(--line);
  border-radius: 0.4rem;
}

.turner button[aria-disabled="true"] {
  color: var(--quiet);
  cursor: default;
  border-style: dashed;
}

.turner :is(button, input):focus-visible,
.grasp-prompt summary:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 1px;
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
`;var x=class{constructor(e){this.client=e}client;number=0;asked=null;get unheard(){return this.asked}ask(e,t=0){return this.number+=1,this.asked={client:this.client,number:this.number,record:e,steps:t},this.asked}step(e,t){let{record:n,steps:r}=this.asked??{record:e,steps:0};return this.ask(n,r+t)}receive({client:e,heard:t}){this.asked&&e===this.client&&t>=this.asked.number&&(this.asked=null)}};var re=400,U=3e3,A=new WeakMap;function ne({data:i,parentElement:e,setTriggerValue:t}){let n=crypto.getRandomValues(new Uint32Array(2)).join("-"),[r,s]=[new v(n,i.text),new x(n)],o=0,a=c=>{clearTimeout(o),o=setTimeout(p,c)},p=()=>{clearTimeout(o);let c=r.letter();c&&(g.tell("letter",c),a(U))},l=0,h=()=>{clearTimeout(l),s.unheard&&(g.tell("turn",s.unheard),l=setTimeout(h,U))},m=new w({stepped:c=>{s.step(g.editor.record,c),h()},chosen:c=>{s.ask(c),h()},typed:c=>{r.type(c),a(re)},left:()=>{r.isUnsent&&p()}}),f=document.createElement("style");f.textContent=I,e.append(f,m.root),m.write(i.text);let g={editor:m,sync:r,turning:s,stop:()=>{r.isUnsent&&p(),clearTimeout(o),clearTimeout(l),f.remove(),m.root.remove()},tell:t};return g}function ie(i){let{data:e,parentElement:t,setTriggerValue:n}=i,r=A.get(t);r||A.set(t,r=ne(i)),r.tell=n,r.turning.receive(e.turned),r.editor.show(e),r.sync.receive(e.text,e.receipt)&&r.editor.write(e.text);let{stop:s}=r;return K(t,()=>{A.delete(t),s()})}export{ie as default};
