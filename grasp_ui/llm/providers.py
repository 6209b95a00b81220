"""Providers of models: the usual variable of their key, and their own hosts."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Provider:
    """What is known of a provider.

    `name` is the prefix of its models in litellm, `key_variable` the environment variable that
    its own tools read (empty: it takes no single key), `hosts` its OpenAI-compatible addresses.
    """

    name: str
    key_variable: str = ""
    hosts: tuple[str, ...] = ()


KNOWN = (
    Provider("anthropic", "ANTHROPIC_API_KEY", ("api.anthropic.com",)),
    Provider("azure", "AZURE_API_KEY"),
    Provider("azure_ai", "AZURE_AI_API_KEY"),
    Provider("bedrock"),
    Provider("cerebras", "CEREBRAS_API_KEY", ("api.cerebras.ai",)),
    Provider("cohere", "COHERE_API_KEY"),
    Provider("cohere_chat", "COHERE_API_KEY"),
    Provider("dashscope", "DASHSCOPE_API_KEY"),
    Provider("deepinfra", "DEEPINFRA_API_KEY", ("api.deepinfra.com",)),
    Provider("deepseek", "DEEPSEEK_API_KEY", ("api.deepseek.com",)),
    Provider("fireworks_ai", "FIREWORKS_AI_API_KEY", ("api.fireworks.ai",)),
    Provider("gemini", "GEMINI_API_KEY", ("generativelanguage.googleapis.com",)),
    Provider("groq", "GROQ_API_KEY", ("api.groq.com",)),
    Provider("hosted_vllm"),
    Provider("llamafile"),
    Provider("lm_studio"),
    Provider("mistral", "MISTRAL_API_KEY", ("api.mistral.ai",)),
    Provider("moonshot", "MOONSHOT_API_KEY", ("api.moonshot.ai",)),
    Provider("nebius", "NEBIUS_API_KEY"),
    Provider("novita", "NOVITA_API_KEY"),
    Provider("nvidia_nim", "NVIDIA_NIM_API_KEY"),
    Provider("ollama"),
    Provider("ollama_chat"),
    Provider("openai", "OPENAI_API_KEY", ("api.openai.com",)),
    Provider("openrouter", "OPENROUTER_API_KEY", ("openrouter.ai",)),
    Provider("perplexity", "PERPLEXITYAI_API_KEY", ("api.perplexity.ai",)),
    Provider("replicate", "REPLICATE_API_KEY"),
    Provider("sagemaker"),
    Provider("sagemaker_chat"),
    Provider("sambanova", "SAMBANOVA_API_KEY"),
    Provider("together_ai", "TOGETHERAI_API_KEY", ("api.together.xyz", "api.together.ai")),
    Provider("vertex_ai"),
    Provider("watsonx", "WATSONX_API_KEY"),
    Provider("xai", "XAI_API_KEY", ("api.x.ai",)),
)
BY_NAME = {provider.name: provider for provider in KNOWN}
BY_HOST = {host: provider for provider in KNOWN for host in provider.hosts}


def provider_of(wire_name: str) -> Provider | None:
    """The provider before the first slash of a model's name; None without a slash.

    Of a provider that is not in the table the usual form of the variable is assumed.

    Example:
        >>> provider_of("anthropic/claude-sonnet-4-5").key_variable
        'ANTHROPIC_API_KEY'
        >>> provider_of("newcomer/large").key_variable
        'NEWCOMER_API_KEY'
    """
    name, slash, rest = wire_name.partition("/")
    if not (name and slash and rest):
        return None
    return BY_NAME.get(name) or Provider(name, f"{name.upper().replace('-', '_')}_API_KEY")


def provider_at(url: str) -> Provider | None:
    """The provider whose own host an https address names; None for any other.

    Example:
        >>> provider_at("https://api.openai.com/v1").name
        'openai'
        >>> provider_at("http://127.0.0.1:8000/v1") is None
        True
    """
    try:
        address = urlsplit(url.strip())
        host = (address.hostname or "") if address.scheme == "https" else ""
    except ValueError:
        return None
    return BY_HOST.get(host.lower())
